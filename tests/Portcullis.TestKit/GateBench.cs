using System.Collections.Frozen;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.TestKit;

/// <summary>A gate on a virtual clock with chosen budgets, and exchanges whose facts are given instead of read from bytes.</summary>
public sealed class GateBench
{
    public GateBench(params Budget[] budgets)
        : this(Mode.Enforce, budgets) { }

    public GateBench(Mode mode, params Budget[] budgets)
    {
        Time = new SteppedTimeProvider(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
        Pools =
        [
            new Pool(BuiltInPools.Anonymous, "anonymous", null),
            new Pool(BuiltInPools.New, "new", null),
            new Pool(BuiltInPools.FirstDeclared, "partners", null),
        ];
        var policy = new PolicySnapshot
        {
            Mode = mode,
            Pools = Pools,
            Budgets = budgets,
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
        };
        State = new GateState(policy, KeyRing.CreateRandom(), Journal, new GateClock(Time), NoFindings.Instance);
        Gate = new Gate(State);
    }

    public SteppedTimeProvider Time { get; }

    public MemoryJournal Journal { get; } = new();

    public GateState State { get; }

    public Gate Gate { get; }

    public Pool[] Pools { get; }

    /// <summary>Claims of every caller's token.</summary>
    public ClaimSet Claims { get; set; }

    /// <summary>The row of an account, made at first sight.</summary>
    public CallerState Account(string name) =>
        State.Callers.GetOrAdd(State.Keys.Hash(KeyPurpose.Caller, 0, name), Rung.Account, State.Clock.Now);

    public Key128 Subject(int number) => State.Keys.Hash(KeyPurpose.Subject, 0, number.ToString());

    /// <summary>Commits an answer to the caller with one item per subject; returns the exchange for looking at outcomes.</summary>
    public Exchange Release(CallerState caller, ulong pools, params int[] subjects) => Release(null, caller, pools, subjects);

    /// <summary>As above, by one operation; null charges every budget.</summary>
    public Exchange Release(OperationPlan? plan, CallerState caller, ulong pools, params int[] subjects) =>
        Release(plan, caller, pools, Array.ConvertAll(subjects, Subject));

    /// <summary>As above, with subjects as the classifier would key them.</summary>
    public Exchange Release(OperationPlan? plan, CallerState caller, ulong pools, params Key128[] subjects)
    {
        var exchange = new Exchange { RequestHeaders = new HeaderList(), Plan = plan };
        Gate.Begin(exchange);
        exchange.Caller = caller;
        exchange.AddRung(caller);
        exchange.Pools = pools;
        exchange.Identity = new VerifiedIdentity(Rung.Account, caller.Key, Claims, long.MaxValue);
        exchange.ResponseClasses = 1;
        for (var i = 0; i < subjects.Length; i++)
        {
            exchange.Items.Add(
                new ItemFact
                {
                    Subject = subjects[i],
                    Classes = 1,
                    Range = subjects.Length > 1 ? new TextRange(i * 10, 10) : default,
                }
            );
        }
        Gate.Commit(exchange);
        return exchange;
    }

    /// <summary>How many items left unmasked.</summary>
    public static int Released(Exchange exchange)
    {
        var count = 0;
        foreach (ref readonly var item in exchange.Items.Span)
        {
            count += item.Outcome == ItemOutcome.Released ? 1 : 0;
        }
        return count;
    }
}
