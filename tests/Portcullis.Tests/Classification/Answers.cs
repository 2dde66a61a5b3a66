using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Classification;

/// <summary>Puts answers before the real classification guard.</summary>
internal sealed class Answers
{
    private readonly GateClock _clock = new(new FakeTimeProvider());

    public Answers()
    {
        var policy = new PolicySnapshot { UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty };
        State = new GateState(policy, new KeyRing(1, new byte[32]), new NullJournal(), _clock, NoFindings.Instance);
        Guard = new ClassificationGuard(State);
    }

    public GateState State { get; }

    public ClassificationGuard Guard { get; }

    public Judgement Judgement { get; private set; }

    public static ulong Classes(params string[] ids) => ids.Aggregate(0UL, (sum, id) => sum | DataClasses.BitOf(id));

    public Exchange Read(
        string body,
        string contentType = "application/json",
        string template = "/things/{id}",
        Func<OperationPlan, OperationPlan>? plan = null
    ) => Read(Encoding.UTF8.GetBytes(body), contentType, template, plan);

    public Exchange Read(
        byte[] body,
        string contentType,
        string template = "/things/{id}",
        Func<OperationPlan, OperationPlan>? plan = null
    )
    {
        var headers = new HeaderList();
        headers.Add("Content-Type", contentType);
        var made = new OperationPlan { Operation = new Operation(0, "api", "GET", template, true) };
        var exchange = new Exchange
        {
            Policy = State.Policy,
            RequestHeaders = new HeaderList(),
            ResponseHeaders = headers,
            ResponseBody = body,
            Status = 200,
            Plan = plan is null ? made : plan(made),
        };
        Run(exchange);
        return exchange;
    }

    public Exchange ReadWithHeader(string name, string value)
    {
        var exchange = Read("{}");
        ((HeaderList)exchange.ResponseHeaders!).Add(name, value);
        Run(exchange);
        return exchange;
    }

    public void Run(Exchange exchange)
    {
        Guard.Read(exchange, Phase.ResponseBody);
        Judgement = Guard.Judge(exchange, Phase.ResponseBody);
    }

    public static string Rewrite(Exchange exchange)
    {
        var output = new ArrayBufferWriter<byte>();
        AnswerRewriter.Write(exchange, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
