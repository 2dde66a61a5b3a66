using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Exposure;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Portcullis.Storage;
using Portcullis.TestKit;

namespace Portcullis.Tests.Storage;

/// <summary>A real gate state on real storage, driven with exchanges whose facts are given.</summary>
internal sealed class StoredGate : IDisposable
{
    public const ulong Phone = 1UL << 3;

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public StoredGate(
        string folder,
        FakeTimeProvider time,
        bool fills = true,
        Func<StorageOptions, StorageOptions>? with = null,
        int room = 1,
        Func<PolicySnapshot, (Pool[] Pools, Budget[] Budgets)>? policy = null
    )
    {
        var options = new StorageOptions
        {
            Folder = folder,
            Time = time,
            Note = Notes.Add,
            SegmentSize = 64 * 1024,
            // Time is made up here, so the real machine's own time must not correct it.
            Uptime = static () => null,
        };
        Storage = EmbeddedStorage.Open(with is null ? options : with(options));
        var crowd = new Pool(2, "crowd", null);
        Policy = new PolicySnapshot
        {
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            Mode = Mode.Enforce,
            Pools = [new(0, "anonymous", null), new(1, "new", null), crowd],
            Budgets = BudgetsOf(crowd, room),
        };
        if (policy?.Invoke(Policy) is { } changed)
        {
            Policy = Of(changed.Pools, changed.Budgets);
        }
        State = new GateState(Policy, Storage.Keys, Storage.Journal, Storage.NewClock(), NoFindings.Instance);
        Storage.Restore(State);
        A = State.Operations.TryAdd("api", "GET", "/a", isDeclared: true)!;
        B = State.Operations.TryAdd("api", "GET", "/b", isDeclared: false)!;
        Storage.RestoreBudgets(State, Policy);
        State.Open();
        if (fills)
        {
            Storage.Start();
        }
    }

    private static PolicySnapshot Of(Pool[] pools, Budget[] budgets) =>
        new()
        {
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            Mode = Mode.Enforce,
            Pools = pools,
            Budgets = budgets,
        };

    private static Budget[] BudgetsOf(Pool crowd, int room) =>
        [
            new Budget
            {
                Name = "day",
                Scope = BudgetScope.Caller,
                Limit = 50 * room,
                Window = TimeSpan.FromDays(1),
            },
            new Budget
            {
                Name = "hour",
                Scope = BudgetScope.Caller,
                Group = "GET /a",
                Limit = 20 * room,
                Window = TimeSpan.FromHours(1),
            },
            new Budget
            {
                Name = "crowd",
                Scope = BudgetScope.Pool,
                Pool = crowd,
                Limit = 90 * room,
                Window = TimeSpan.FromDays(30),
            },
        ];

    public EmbeddedStorage Storage { get; }

    public GateState State { get; }

    public PolicySnapshot Policy { get; private set; }

    public Operation A { get; }

    public Operation B { get; }

    public List<string> Notes { get; } = [];

    public Key128 Subject(int number) => State.Keys.Hash(KeyPurpose.Subject, 0, $"customer {number}");

    public Key128 Alias(int number) => State.Keys.Hash(KeyPurpose.Alias, 3, $"+1206555{number:D4}");

    public Key128 Caller(string name) => State.Keys.Hash(KeyPurpose.Caller, Encoding.UTF8.GetBytes(name));

    /// <summary>Changes the policy while the gate runs: one budget more.</summary>
    public void Add(Budget budget) => Change(Policy.Pools, [.. Policy.Budgets, budget]);

    /// <summary>Changes pools and budgets while the gate runs; callers belong to the last pool from then on.</summary>
    public void Change(Pool[] pools, Budget[] budgets)
    {
        Policy = Of(pools, budgets);
        Storage.Use(State, Policy);
    }

    /// <summary>One answer to a caller; returns the exchange after commit.</summary>
    public Exchange Ask(string caller, Operation operation, params int[] subjects) =>
        AskUnder(Policy, caller, operation, subjects);

    /// <summary>One answer to a caller whom the upstream alone vouches for.</summary>
    public Exchange AskUnproven(string caller, Operation operation, params int[] subjects) =>
        Ask(Policy, caller, null, operation, subjects);

    /// <summary>One answer whose exchange began under a given policy.</summary>
    public Exchange AskUnder(PolicySnapshot policy, string caller, Operation operation, params int[] subjects) =>
        Ask(policy, caller, Identities.Named(caller, Caller(caller)), operation, subjects);

    /// <summary>The network of whoever sends no credential.</summary>
    public Key128 Stranger => State.Keys.Hash(KeyPurpose.Network, "203.0.113.0"u8);

    /// <summary>One answer that names nobody, to a caller or (null) to a stranger.</summary>
    public Exchange AskForNobody(
        string? caller,
        Operation operation,
        int status,
        ReleaseKind release,
        int things,
        Judgement objection = default,
        bool isEnforced = true
    )
    {
        var exchange = NewExchange(Policy, caller is null ? null : Identities.Named(caller, Caller(caller)), operation);
        exchange.Status = status;
        exchange.Release = release;
        exchange.ResponseClasses = 0;
        exchange.IsEnforced = isEnforced;
        exchange.Object(objection);
        exchange.Caller = caller is null
            ? State.Callers.GetOrAdd(Stranger, Rung.Network, exchange.StartedAt)
            : State.Callers.GetOrAdd(Caller(caller), Rung.Account, exchange.StartedAt);
        exchange.AddRung(exchange.Caller);
        for (var i = 0; i < things; i++)
        {
            exchange.Items.Add(new ItemFact { Range = new TextRange(i, 1) });
        }
        State.Commit(exchange);
        return exchange;
    }

    private Exchange Ask(
        PolicySnapshot policy,
        string caller,
        VerifiedIdentity? identity,
        Operation operation,
        params int[] subjects
    )
    {
        var exchange = NewExchange(policy, identity, operation);
        exchange.Caller = State.Callers.GetOrAdd(Caller(caller), Rung.Account, exchange.StartedAt);
        exchange.AddRung(exchange.Caller);
        foreach (var subject in subjects)
        {
            exchange.Items.Add(
                new ItemFact
                {
                    Subject = Subject(subject),
                    Classes = Phone,
                    FirstAlias = exchange.Aliases.Count,
                    AliasCount = 1,
                    HasOwnId = true,
                    Range = new TextRange(1, 1),
                }
            );
            exchange.Aliases.Add(new AliasFact(Alias(subject), 3));
        }
        State.Commit(exchange);
        return exchange;
    }

    private Exchange NewExchange(PolicySnapshot policy, VerifiedIdentity? identity, Operation operation) =>
        new()
        {
            Policy = policy,
            StartedAt = State.Clock.Now,
            IsEnforced = true,
            WasForwarded = true,
            Status = 200,
            Pools = State.Policy.Pools[^1].Mask,
            ResponseClasses = Phone,
            NetworkKey = Stranger,
            Identity = identity,
            Plan = new OperationPlan
            {
                Operation = operation,
                Budgets =
                [
                    .. policy.Budgets.Where(budget => budget.Group == "*" || budget.Group.Split(',').Contains(operation.Id)),
                ],
            },
        };

    /// <summary>All that budgets remember, as text: who, group, subjects with how many count in several windows.</summary>
    public string Used(int subjects)
    {
        var text = new StringBuilder();
        var now = (uint)(State.Clock.Now / 60_000);
        State.Inspect(pools =>
        {
            foreach (var row in State.Callers.Rows.OrderBy(row => row.Key))
            {
                text.AppendLine($"{row.Key} {row.Rung} first {row.FirstSeen}");
                Describe(row.Exposure, now, subjects, text);
            }
            foreach (var (name, pool) in pools.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                text.AppendLine(name);
                Describe(pool.Exposure, now, subjects, text);
            }
            return 0;
        });
        return text.ToString();
    }

    public void Dispose() => Storage.Dispose();

    private void Describe(Core.Exposure.ExposureState? state, uint now, int subjects, StringBuilder text)
    {
        if (state is null)
        {
            return;
        }
        foreach (var group in state.Groups.ToArray().Order(StringComparer.Ordinal))
        {
            var set = state.Find(group)!;
            text.Append(group);
            foreach (var minutes in (uint[])[5, 60, 1440, 43_200])
            {
                var known = Enumerable.Range(0, subjects).Count(subject => set.Contains(Subject(subject), now - minutes));
                text.Append($" {minutes}:{set.CountSince(now, now - minutes)}/{known}");
            }
            text.AppendLine();
        }
    }
}
