using System.Runtime.InteropServices;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Exposure;

/// <summary>
/// The reservation made at commit: for each item all or nothing over all budgets, so that no interleaving of callers ever releases one
/// subject more than a budget has room for. Called only under the commit lock.
/// </summary>
internal sealed class BudgetBook(NetworkFold networks)
{
    /// <summary>The group every caller's releases are kept under, with or without a budget.</summary>
    public const string Everything = "*";

    public const int UnbudgetedCapacity = 4096;
    private const long StandingMilliseconds = 24 * 60 * 60 * 1000L;

    private readonly Dictionary<string, PoolState> _pools = [];
    private readonly List<ChargeLine> _charges = [];
    private readonly HashSet<Key128> _reserved = [];

    public IReadOnlyDictionary<string, PoolState> Pools => _pools;

    /// <summary>
    /// Decides the outcome of every item still released: it stays if it fits all budgets, else it is clipped or masked by the word of the
    /// budget it does not fit. Charges nothing yet: <see cref="Charge"/> or <see cref="Cancel"/> must follow.
    /// </summary>
    /// <param name="exchange">The exchange to decide on.</param>
    /// <param name="now">Gate time.</param>
    /// <param name="stops">False when what does not fit leaves all the same: in monitor mode, or by an operator's allowance.</param>
    /// <returns>The budget that stopped an item first, or null.</returns>
    public Budget? Reserve(Exchange exchange, long now, bool stops)
    {
        Collect(exchange, (uint)(now / 60_000));
        Budget? exceeded = null;
        foreach (ref var item in exchange.Items.Span)
        {
            if (item.Outcome != ItemOutcome.Released || item.Classes == 0)
            {
                continue;
            }
            var full = _reserved.Contains(item.Subject) ? null : FirstFull(item.Subject);
            exceeded ??= full;
            if (full is not null && stops)
            {
                item.Outcome = full.Over == OverBudgetWord.Mask ? ItemOutcome.Masked : ItemOutcome.Dropped;
                continue;
            }
            item.IsNew = TakeRoom(item.Subject);
        }
        return exceeded;
    }

    /// <summary>Charges what <see cref="Reserve"/> let pass.</summary>
    public void Charge(Exchange exchange, long now)
    {
        var nowMinute = (uint)(now / 60_000);
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Outcome != ItemOutcome.Released || item.Classes == 0)
            {
                continue;
            }
            foreach (ref var charge in CollectionsMarshal.AsSpan(_charges))
            {
                charge.Set.Release(item.Subject, nowMinute);
            }
        }
        Cancel();
    }

    /// <summary>Forgets what <see cref="Reserve"/> decided.</summary>
    public void Cancel()
    {
        _charges.Clear();
        _reserved.Clear();
    }

    public PoolState PoolOf(string name)
    {
        if (!_pools.TryGetValue(name, out var pool))
        {
            pool = new PoolState(name);
            _pools.Add(name, pool);
        }
        return pool;
    }

    /// <summary>Subjects remembered one by one for a budget: four times its limit, 65,536 or more.</summary>
    public static int CapacityOf(Budget budget) =>
        Math.Max(1 << 16, budget.Limit * 4L > int.MaxValue ? int.MaxValue / 2 : budget.Limit * 4);

    private void Collect(Exchange exchange, uint nowMinute)
    {
        _charges.Clear();
        foreach (var rung in exchange.Rungs)
        {
            // Kept for every caller, so that budgets can be proposed from what was learned and `exposure` can answer.
            AddCharge(rung!.Exposure ??= new ExposureState(), Everything, null, UnbudgetedCapacity, nowMinute, 0);
        }
        var budgets = exchange.Plan?.Budgets ?? exchange.Policy.Budgets;
        foreach (var budget in budgets)
        {
            if (!budget.Covers(exchange.Pools))
            {
                continue;
            }
            var capacity = CapacityOf(budget);
            if (budget.Scope == BudgetScope.Pool)
            {
                var pool = PoolOf(budget.Pool?.Name ?? Everything);
                AddCharge(pool.Exposure, budget.Group, budget, capacity, nowMinute, LimitOf(budget, exchange));
                continue;
            }
            foreach (var rung in exchange.Rungs)
            {
                if (rung!.IsShared)
                {
                    continue;
                }
                AddCharge(
                    rung.Exposure!,
                    budget.Group,
                    budget,
                    capacity,
                    nowMinute,
                    budget.Limit - Folded(rung, budget, nowMinute)
                );
            }
        }
    }

    // What a network received in rows that were folded meanwhile still counts against it.
    private int Folded(CallerState row, Budget budget, uint nowMinute) =>
        row.Rung == Rung.Network
            ? networks.Estimate(row.Key, budget.Group, nowMinute, nowMinute - (uint)budget.Window.TotalMinutes)
            : 0;

    private static int LimitOf(Budget budget, Exchange exchange)
    {
        if (budget.Reserve <= 0)
        {
            return budget.Limit;
        }
        var hasStanding = exchange.Caller is { } caller && exchange.StartedAt - caller.FirstSeen >= StandingMilliseconds;
        return hasStanding ? budget.Limit : (int)(budget.Limit * (1 - budget.Reserve));
    }

    private void AddCharge(ExposureState state, string group, Budget? budget, int capacity, uint nowMinute, int limit)
    {
        var set = state.GetOrAdd(group, capacity);
        var since = budget is null ? 0 : nowMinute - (uint)budget.Window.TotalMinutes;
        _charges.Add(
            new ChargeLine(set, budget, since, budget is null ? int.MaxValue : limit - set.CountSince(nowMinute, since))
        );
    }

    private Budget? FirstFull(Key128 subject)
    {
        foreach (ref var charge in CollectionsMarshal.AsSpan(_charges))
        {
            if (charge.Budget is not null && charge.Room <= 0 && !charge.Set.Contains(subject, charge.Since))
            {
                return charge.Budget;
            }
        }
        return null;
    }

    private bool TakeRoom(Key128 subject)
    {
        var isNew = false;
        if (!_reserved.Contains(subject))
        {
            foreach (ref var charge in CollectionsMarshal.AsSpan(_charges))
            {
                if (!charge.Set.Contains(subject, charge.Since))
                {
                    charge.Room--;
                    isNew = true;
                }
            }
        }
        if (isNew)
        {
            _reserved.Add(subject);
        }
        return isNew;
    }

    private struct ChargeLine(SubjectSet set, Budget? budget, uint since, int room)
    {
        public readonly SubjectSet Set = set;
        public readonly Budget? Budget = budget;
        public readonly uint Since = since;
        public int Room = room;
    }
}
