using Portcullis.Core.Budgets;
using Portcullis.Core.Contracts.Documents;
using Portcullis.Core.Exposure;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>
/// Puts used budgets back: each release kept by a store or the journal is charged again to every budget of the policy whose group holds its
/// operation, at the minute it last happened. A budget that was added or regrouped meanwhile thereby counts what was released before it.
/// </summary>
public sealed class BudgetRestore
{
    private readonly GateState _state;
    private readonly PolicySnapshot _policy;
    private readonly IReadOnlyList<Budget> _budgets;
    private readonly uint _oldestMinute;
    private readonly uint _nowMinute;
    private readonly bool _isForAdded;
    private readonly Dictionary<int, Target> _targets = [];
    private string[] _poolNames;

    /// <param name="state">State whose operations are restored.</param>
    /// <param name="policy">The policy that will be in force.</param>
    /// <param name="added">The budgets to charge, in a gate that runs: what others count is there already. All of the policy unless given.</param>
    public BudgetRestore(GateState state, PolicySnapshot policy, IReadOnlyList<Budget>? added = null)
    {
        _state = state;
        _policy = policy;
        _isForAdded = added is not null;
        _budgets = added ?? policy.Budgets;
        _nowMinute = (uint)(state.Clock.Now / 60_000);
        _oldestMinute = (uint)Math.Max(0, _nowMinute - (long)SubjectSet.KeptMinutes);
        _poolNames = [.. state.Policy.Pools.Select(pool => pool.Name)];
    }

    /// <summary>Earliest release that still counts, milliseconds since the Unix epoch.</summary>
    public long Since => _oldestMinute * 60_000L;

    /// <summary>The budgets of a changed policy whose scope, pool and operations none of the policy before had: they begin with what the ledger knows.</summary>
    public static IReadOnlyList<Budget> Added(IReadOnlyList<Budget> before, IReadOnlyList<Budget> after)
    {
        var known = before.Select(PlaceOf).ToHashSet();
        return [.. after.Where(budget => !known.Contains(PlaceOf(budget)))];
    }

    /// <summary>Charges one release again.</summary>
    /// <param name="rung">The caller's rung.</param>
    /// <param name="key">The caller's key.</param>
    /// <param name="operation">Index; -1 for an unknown operation.</param>
    /// <param name="pools">Names of the pools the caller belonged to.</param>
    /// <param name="subject">Who was released.</param>
    /// <param name="at">Latest release, milliseconds since the Unix epoch.</param>
    public void Exposure(Rung rung, Key128 key, int operation, IReadOnlyList<string> pools, Key128 subject, long at)
    {
        var minute = (uint)(at / 60_000);
        if (minute <= _oldestMinute)
        {
            return;
        }
        var target = TargetOf(operation);
        if (target.IsEmpty)
        {
            return;
        }
        var isSigningIn = target.IsSignIn && rung == Rung.Network;
        lock (_state.CommitLock)
        {
            var row = _state.RestoreRow(rung, key, at);
            var exposure = row.Exposure ??= new ExposureState();
            foreach (var (group, capacity) in target.CallerGroups)
            {
                exposure.GetOrAdd(group, capacity).Release(subject, minute);
            }
            foreach (var (pool, group, capacity) in target.PoolGroups)
            {
                var isSpared = isSigningIn && group == BudgetBook.Everything;
                if (!isSpared && (pool == BudgetBook.Everything || pools.Contains(pool)))
                {
                    _state.Budgets.PoolOf(pool).Exposure.GetOrAdd(group, capacity).Release(subject, minute);
                }
            }
            foreach (var budget in target.Reserves)
            {
                var pool = budget.Pool?.Name ?? BudgetBook.Everything;
                var isSpared = isSigningIn && budget.Group == BudgetBook.Everything;
                if (!isSpared && (budget.Pool is null || pools.Contains(pool)))
                {
                    ReserveShares.Restore(row, budget, _state.Budgets.PoolOf(pool), subject, minute, _nowMinute);
                }
            }
            _state.MeasureRestored(row);
        }
    }

    /// <summary>Replays the releases of one record of the journal.</summary>
    public void Record(ReadOnlySpan<byte> record)
    {
        var reader = new RecordReader(record);
        switch ((RecordKind)reader.Byte())
        {
            case RecordKind.Event when EventRecord.Read(ref reader) is { Kind: "policy" } policy:
                Pools(policy);
                break;
            case RecordKind.Exchange:
                Exchange(ExchangeRecord.Read(ref reader));
                break;
            default:
                break;
        }
    }

    /// <summary>Takes the numbering of pools from a policy event; records after it use it.</summary>
    public void Pools(EventRecord policy) => _poolNames = PoolNames(policy);

    /// <summary>The pool names of a policy event, by bit.</summary>
    public static string[] PoolNames(EventRecord policy) =>
        [.. policy.Detail.Where(pair => pair.Key == "pool").Select(pair => pair.Value)];

    /// <summary>The names that the set bits stand for.</summary>
    public static string[] Names(ulong pools, string[] names) => [.. names.Where((_, index) => (pools & (1UL << index)) != 0)];

    private static (BudgetScope, string, string, bool) PlaceOf(Budget budget) =>
        (budget.Scope, budget.Pool?.Name ?? BudgetBook.Everything, budget.Group, budget.ReservedSubjects > 0);

    private void Exchange(ExchangeRecord record)
    {
        string[]? pools = null;
        foreach (var item in record.Items)
        {
            if (!record.Exposes(item))
            {
                continue;
            }
            pools ??= Names(record.Pools, _poolNames);
            foreach (var (rung, key) in record.Rungs)
            {
                Exposure(rung, key, record.Operation, pools, item.Subject, record.StartedAt);
            }
        }
    }

    private Target TargetOf(int operation)
    {
        if (_targets.TryGetValue(operation, out var target))
        {
            return target;
        }
        var id = operation >= 0 && operation < _state.Operations.All.Length ? _state.Operations.All[operation].Id : null;
        var callers = new Dictionary<string, int>();
        if (!_isForAdded)
        {
            callers.Add(BudgetBook.Everything, BudgetBook.UnbudgetedCapacity);
        }
        var pools = new Dictionary<(string, string), int>();
        var reserves = new List<Budget>();
        foreach (var budget in _budgets)
        {
            // The commit charges an unknown operation to every budget.
            if (id is not null && budget.Group != BudgetBook.Everything && !budget.Group.Split(',').Contains(id))
            {
                continue;
            }
            if (budget.ReservedSubjects > 0)
            {
                reserves.Add(budget);
            }
            if (budget.Scope == BudgetScope.Caller)
            {
                callers.TryAdd(budget.Group, BudgetBook.CapacityOf(budget.Limit));
            }
            else
            {
                pools.TryAdd((budget.Pool?.Name ?? BudgetBook.Everything, budget.Group), BudgetBook.CapacityOf(budget.Limit));
            }
        }
        target = new Target(
            [.. callers.Select(pair => (pair.Key, pair.Value))],
            [.. pools.Select(pair => (pair.Key.Item1, pair.Key.Item2, pair.Value))],
            [.. reserves],
            id is not null && IsSignIn(_state.Operations.All[operation])
        );
        _targets.Add(operation, target);
        return target;
    }

    // As the commit sees it, whose plan is not at hand here.
    private bool IsSignIn(Operation operation) =>
        operation.IsDeclared
            ? _policy.SignIns.Contains(operation.Id)
            : LoginWords.FitLearned(operation.Method, operation.Template);

    private sealed record Target(
        (string Group, int Capacity)[] CallerGroups,
        (string Pool, string Group, int Capacity)[] PoolGroups,
        Budget[] Reserves,
        bool IsSignIn
    )
    {
        public bool IsEmpty => CallerGroups.Length == 0 && PoolGroups.Length == 0 && Reserves.Length == 0;
    }
}
