using System.Collections.Frozen;
using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

/// <summary>A real gate in front of one operation, on a clock the test moves.</summary>
internal sealed class IdentityBench
{
    public const string ReadAccount = "GET /account";

    private readonly OneOperation _router;

    public IdentityBench(
        IdentityPlan plan,
        AuthenticationWord word = AuthenticationWord.Required,
        Budget[]? budgets = null,
        params Pool[] pools
    )
    {
        Operation = new Operation(0, "api", "GET", "/account", isDeclared: true);
        _router = new OneOperation
        {
            Plan = new OperationPlan
            {
                Operation = Operation,
                Authentication = word,
                Budgets = budgets ?? [],
            },
        };
        var upstream = new UpstreamPlan
        {
            Name = "api",
            Address = new Uri("http://127.0.0.1:1"),
            Hosts = ["*"],
            Router = _router,
        };
        Policy = new PolicySnapshot
        {
            Mode = Mode.Enforce,
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            DefaultUpstream = upstream,
            Identity = plan,
            Budgets = budgets ?? [],
            Pools = [new(BuiltInPools.Anonymous, "anonymous", null), new(BuiltInPools.New, "new", null), .. pools],
            AllowsAnonymousPersonalData = word == AuthenticationWord.Public,
        };
        Clock = new GateClock(Time);
        State = new GateState(Policy, Keys, Journal, Clock, NoFindings.Instance);
        Gate = new Gate(State);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public KeyRing Keys { get; } = KeyRing.CreateRandom();

    public GateClock Clock { get; }

    public PolicySnapshot Policy { get; }

    public KeepingJournal Journal { get; } = new();

    public GateState State { get; }

    public Gate Gate { get; }

    public Operation Operation { get; }

    /// <summary>What requests ask for.</summary>
    public string Target { get; set; } = "/account";

    /// <summary>Runs the request head with these headers; returns what is needed first, or null.</summary>
    public Need? Ask(Exchange exchange, params (string Name, string Value)[] headers) => Ask(exchange, "198.51.100.7", headers);

    public Need? Ask(Exchange exchange, string address, params (string Name, string Value)[] headers) =>
        Ask(exchange, IPAddress.Parse(address), headers);

    public Need? Ask(Exchange exchange, IPAddress address, params (string Name, string Value)[] headers)
    {
        var list = new HeaderList();
        foreach (var (name, value) in headers)
        {
            list.Add(name, value);
        }
        exchange.Reset();
        exchange.Method = "GET";
        exchange.Host = "api.example.com";
        exchange.RawTarget = Target;
        exchange.RequestHeaders = list;
        exchange.ClientAddress = address;
        Gate.Begin(exchange);
        return Gate.Run(exchange, Phase.RequestHead);
    }

    public Exchange Ask(params (string Name, string Value)[] headers)
    {
        var exchange = new Exchange();
        Assert.Null(Ask(exchange, headers));
        return exchange;
    }

    /// <summary>One whole exchange: head, the upstream's answer, commit.</summary>
    public Exchange Exchange(int status, string body, params (string Name, string Value)[] headers)
    {
        var exchange = Ask(headers);
        if (!exchange.IsRefused)
        {
            Answer(exchange, status, body);
        }
        return exchange;
    }

    public void Answer(Exchange exchange, int status, string body, params (string Name, string Value)[] headers)
    {
        var list = new HeaderList();
        foreach (var (name, value) in headers)
        {
            list.Add(name, value);
        }
        exchange.Status = status;
        exchange.ResponseHeaders = list;
        exchange.ResponseBody = Encoding.UTF8.GetBytes(body);
        exchange.WasForwarded = true;
        Gate.Run(exchange, Phase.ResponseHead);
        Gate.Run(exchange, Phase.ResponseBody);
        Gate.Commit(exchange);
    }

    /// <summary>Commits an anonymous answer with one subject; true when it was released.</summary>
    public bool Release(Exchange exchange, string address, Key128 subject) =>
        Release(exchange, IPAddress.Parse(address), subject);

    public bool Release(Exchange exchange, IPAddress address, Key128 subject)
    {
        Ask(exchange, address);
        exchange.Status = 200;
        exchange.ResponseClasses = 1;
        exchange.Items.Add(new ItemFact { Subject = subject, Classes = 1 });
        Gate.Commit(exchange);
        return exchange.Items[0].Outcome == ItemOutcome.Released && !exchange.IsRefused;
    }

    public static (string, string) Bearer(string token) => ("Authorization", $"Bearer {token}");
}
