using System.Runtime.InteropServices;
using Portcullis.Core.Classification;
using Portcullis.Core.Exposure;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Budgets;

/// <summary>
/// The reservation made at commit: for each item all or nothing over all budgets, so that no interleaving of callers ever releases one
/// subject more than a budget has room for. Called only under the commit lock.
/// </summary>
internal sealed class BudgetBook(NetworkFold networks, KeyRing keys)
{
    /// <summary>The group every caller's releases are kept under, with or without a budget.</summary>
    public const string Everything = "*";

    public const int UnbudgetedCapacity = 4096;

    private readonly Dictionary<string, PoolState> _pools = [];
    private readonly List<BudgetLine> _lines = [];
    private readonly List<(PoolState Pool, Key128 Member)> _members = [];
    private readonly HashSet<Key128> _reserved = [];
    private readonly HashSet<Key128> _exempt = [];

    public IReadOnlyDictionary<string, PoolState> Pools => _pools;

    private readonly ReserveShares _reserves = new(networks);

    /// <summary>
    /// Decides the outcome of every item still released: it stays if it fits all budgets, else it is clipped or masked by the word of the
    /// budget it does not fit, by the harder word if there are several. Charges nothing yet: <see cref="Charge"/> or <see cref="Cancel"/> must follow.
    /// </summary>
    /// <param name="exchange">The exchange to decide on.</param>
    /// <param name="now">Gate time.</param>
    /// <param name="stops">False when what does not fit leaves all the same: in monitor mode, or by an operator's allowance.</param>
    public Overrun Reserve(Exchange exchange, long now, bool stops)
    {
        Collect(exchange, (uint)(now / 60_000));
        Budget? exceeded = null;
        var hardest = ItemOutcome.Released;
        var (used, dropped, left, canCut) = (0, 0, 0, true);
        foreach (ref var item in exchange.Items.Span)
        {
            if (item.Outcome != ItemOutcome.Released || item.Classes == 0)
            {
                left += item.Outcome == ItemOutcome.Dropped ? 0 : 1;
                continue;
            }
            var full = _reserved.Contains(item.Subject) ? default : Full(item.Subject);
            if (full.Budget is not null && OwnRecords.Hold(keys, exchange, item.Subject))
            {
                left++;
                _exempt.Add(item.Subject);
                continue;
            }
            if (full.Budget is null)
            {
                left++;
                item.IsNew = TakeRoom(item.Subject);
                continue;
            }
            (exceeded, hardest, used) = full.Outcome > hardest ? full : (exceeded, hardest, used);
            var isDropped = full.Outcome == ItemOutcome.Dropped;
            dropped += isDropped ? 1 : 0;
            left += isDropped ? 0 : 1;
            canCut &= !isDropped || item.Range.Length > 0;
            if (stops)
            {
                item.Outcome = full.Outcome;
                TakeMask(item);
            }
            else
            {
                item.IsNew = TakeRoom(item.Subject);
            }
        }
        return new Overrun(exceeded, used, dropped, left, canCut);
    }

    /// <summary>Charges what <see cref="Reserve"/> let pass.</summary>
    public void Charge(Exchange exchange, long now)
    {
        var nowMinute = (uint)(now / 60_000);
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Outcome == ItemOutcome.Dropped || item.Classes == 0)
            {
                continue;
            }
            foreach (ref var line in CollectionsMarshal.AsSpan(_lines))
            {
                if (item.Outcome == ItemOutcome.Released && (line.Budget is null || !_exempt.Contains(item.Subject)))
                {
                    line.Charge(item.Subject, nowMinute);
                }
                else if (item.Outcome == ItemOutcome.Masked)
                {
                    line.Masked?.Release(item.Subject, nowMinute);
                }
            }
        }
        foreach (var (pool, member) in _members)
        {
            pool.Members.Release(member, nowMinute);
        }
        Cancel();
    }

    /// <summary>Forgets what <see cref="Reserve"/> decided.</summary>
    public void Cancel()
    {
        _lines.Clear();
        _members.Clear();
        _reserved.Clear();
        _exempt.Clear();
    }

    /// <summary>
    /// What a person new to this caller would meet now. Nothing where the budget masks: it shows that somebody exists by policy's word.
    /// </summary>
    public Overrun MeetNobody(Exchange exchange, long now)
    {
        Collect(exchange, (uint)(now / 60_000));
        var full = Full(default);
        Cancel();
        return full.Outcome == ItemOutcome.Dropped ? new Overrun(full.Budget, full.Used, 1, 0, CanCut: false) : default;
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
    public static int CapacityOf(int limit) => Math.Max(1 << 16, limit * 4L > int.MaxValue ? int.MaxValue / 2 : limit * 4);

    private void Collect(Exchange exchange, uint nowMinute)
    {
        Cancel();
        foreach (var rung in exchange.Rungs)
        {
            // Kept for every caller, so that budgets can be proposed from what was learned and `exposure` can answer.
            var kept = (rung!.Exposure ??= new ExposureState()).GetOrAdd(Everything, UnbudgetedCapacity);
            _lines.Add(new BudgetLine(kept, null, 0, 0, default));
        }
        // The record of who signs in is that person's own: it must not use up what strangers share, only budgets that name the operation.
        var isSigningIn = exchange.IsAnonymous && exchange.Plan?.Authentication == AuthenticationWord.SignIn;
        foreach (var budget in exchange.Plan?.Budgets ?? exchange.Policy.Budgets)
        {
            if (!budget.Covers(exchange.Pools) || isSigningIn && budget.Group == Everything)
            {
                continue;
            }
            if (budget.Scope == BudgetScope.Pool)
            {
                AddPool(exchange, budget, nowMinute);
                continue;
            }
            foreach (var rung in exchange.Rungs)
            {
                if (!rung!.IsShared)
                {
                    AddCaller(rung, budget, nowMinute);
                }
            }
        }
    }

    private void AddPool(Exchange exchange, Budget budget, uint nowMinute)
    {
        var pool = PoolOf(budget.Pool?.Name ?? Everything);
        var set = pool.Exposure.GetOrAdd(budget.Group, CapacityOf(budget.Limit));
        var since = Since(budget, nowMinute);
        var used = set.CountSince(nowMinute, since);
        var line = new BudgetLine(set, budget, since, used, _reserves.Of(exchange, budget, pool, nowMinute, used));
        if (
            budget.Over == OverBudgetWord.Degrade
            && !exchange.IsAnonymous
            && used + Math.Max(1, exchange.Items.Count) > line.Share.General
        )
        {
            var masked = pool.Exposure.GetOrAdd(budget.MaskedGroup, CapacityOf(budget.Limit));
            line.AllowMasks(masked, masked.CountSince(nowMinute, since));
        }
        _lines.Add(line);
        if (ReserveShares.MemberToCount(exchange, budget) is { } member)
        {
            _members.Add((pool, member.Key));
        }
    }

    private void AddCaller(CallerState row, Budget budget, uint nowMinute)
    {
        var set = row.Exposure!.GetOrAdd(budget.Group, CapacityOf(budget.Limit));
        var since = Since(budget, nowMinute);
        // What a network received in rows that were folded meanwhile still counts against it.
        var folded = row.Rung == Rung.Network ? networks.Estimate(row.Key, budget.Group, nowMinute, since) : 0;
        var share = BudgetShare.Of(budget.Limit - folded);
        _lines.Add(new BudgetLine(set, budget, since, set.CountSince(nowMinute, since), share));
    }

    private static uint Since(Budget budget, uint nowMinute) => nowMinute - budget.WindowMinutes;

    private (Budget? Budget, ItemOutcome Outcome, int Used) Full(Key128 subject)
    {
        var full = default((Budget? Budget, ItemOutcome Outcome, int Used));
        foreach (ref readonly var line in CollectionsMarshal.AsSpan(_lines))
        {
            if (line.HasRoom || line.Holds(subject))
            {
                continue;
            }
            var isMasked = line.Budget!.Over == OverBudgetWord.Mask || line.CanMask(subject);
            var outcome = isMasked ? ItemOutcome.Masked : ItemOutcome.Dropped;
            if (outcome > full.Outcome)
            {
                full = (line.Budget, outcome, line.Used);
            }
        }
        return full;
    }

    private void TakeMask(in ItemFact item)
    {
        if (item.Outcome != ItemOutcome.Masked)
        {
            return;
        }
        foreach (ref var line in CollectionsMarshal.AsSpan(_lines))
        {
            line.TakeMask(item.Subject);
        }
    }

    private bool TakeRoom(Key128 subject)
    {
        var isNew = false;
        if (!_reserved.Contains(subject))
        {
            foreach (ref var line in CollectionsMarshal.AsSpan(_lines))
            {
                if (!line.Holds(subject))
                {
                    line.Take();
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
}
