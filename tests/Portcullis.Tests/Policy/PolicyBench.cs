using System.Net;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Portcullis.Tests.Identity;
using Xunit;

namespace Portcullis.Tests.Policy;

/// <summary>A real gate under a policy as a user writes it; whole exchanges as bytes, judged as an adapter does.</summary>
internal sealed class PolicyBench
{
    public PolicyBench(string operationsAndMore, params ContractOperation[] contract)
    {
        var withContract = contract.Length > 0 ? $"    contract: {RepositoryFolder.Of("Portcullis.slnx")}\n" : "";
        var text = "version: 1\nmode: enforce\nupstreams:\n  - address: http://127.0.0.1:1\n" + withContract + operationsAndMore;
        var compilation = PolicyCompiler.Compile(
            PolicyReader.Read(text, "p.yaml"),
            new PolicyContext
            {
                Operations = Operations,
                ReadContract = _ => new ContractReading(contract, []),
                DataClasses = PolicyLoader.DataClasses,
                Folder = Folder,
            }
        );
        Assert.True(compilation.Snapshot is not null, string.Join('\n', compilation.Errors));
        State = new GateState(compilation.Snapshot, Keys, Journal, new GateClock(Time), NoFindings.Instance);
        // What the policy was compiled against must be what the gate counts.
        Gate = new Gate(State);
    }

    public static string Folder { get; set; } = "";

    public SteppedTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public KeyRing Keys { get; } = KeyRing.CreateRandom();

    public KeepingJournal Journal { get; } = new();

    public OperationRegistry Operations { get; } = new();

    public GateState State { get; }

    public Gate Gate { get; }

    public string Address { get; set; } = "198.51.100.7";

    /// <summary>What the upstream answers where nothing else is said.</summary>
    public string Answer { get; set; } = "{}";

    public string AnswerType { get; set; } = "application/json";

    /// <summary>How often the upstream was asked.</summary>
    public int Asked { get; private set; }

    /// <summary>One exchange; returns its verdict and reason: <c>Refuse admission/…</c>.</summary>
    public string Send(string method, string target, string body = "", params (string Name, string Value)[] headers)
    {
        var exchange = Exchange(method, target, body, headers);
        return exchange.Reason is { } reason ? $"{exchange.Verdict} {reason.Id}" : exchange.Verdict.ToString();
    }

    public Exchange Exchange(string method, string target, string body = "", params (string Name, string Value)[] headers)
    {
        var exchange = new Exchange
        {
            Method = method,
            Host = "api.example.com",
            RawTarget = target,
            ClientAddress = IPAddress.Parse(Address),
            RequestHeaders = HeadersOf([
                .. headers,
                .. body.Length > 0 || method is "POST" or "PUT"
                    ? [("Content-Length", $"{Encoding.UTF8.GetByteCount(body)}")]
                    : Array.Empty<(string, string)>(),
            ]),
        };
        Gate.Begin(exchange);
        Assert.Null(Gate.Run(exchange, Phase.RequestHead));
        if (!exchange.IsRefused && body.Length > 0)
        {
            exchange.RequestBody = Encoding.UTF8.GetBytes(body);
            Gate.Run(exchange, Phase.RequestBody);
        }
        if (!exchange.IsRefused)
        {
            Asked++;
            exchange.WasForwarded = true;
            exchange.Status = 200;
            exchange.ResponseHeaders = HeadersOf([("Content-Type", AnswerType)]);
            Gate.Run(exchange, Phase.ResponseHead);
            exchange.ResponseBody = Encoding.UTF8.GetBytes(Answer);
            if (!exchange.IsRefused)
            {
                Gate.Run(exchange, Phase.ResponseBody);
            }
        }
        Gate.Commit(exchange);
        return exchange;
    }

    private static HeaderList HeadersOf((string Name, string Value)[] headers)
    {
        var list = new HeaderList();
        foreach (var (name, value) in headers)
        {
            list.Add(name, value);
        }
        return list;
    }
}
