using Portcullis.Core.Exposure;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Budgets;

/// <summary>
/// Divides the reserve of a pool's budget. Once the general part is used up, each member may take one equal share of the reserve, at least
/// one subject, whatever it took before; so k greedy members take k shares at most and the rest stays for the quiet ones. It is for members of
/// standing, known for a day or longer. Touched only under the commit lock.
/// </summary>
internal sealed class ReserveShares(NetworkFold networks)
{
    /// <summary>A share is never larger than the reserve divided by this, so that the first who come do not take it whole.</summary>
    public const int FewestMembers = 8;

    private const long StandingMilliseconds = 24 * 60 * 60 * 1000L;

    /// <summary>What the caller of an exchange may use of a pool's budget.</summary>
    public BudgetShare Of(Exchange exchange, Budget budget, PoolState pool, uint nowMinute, int used)
    {
        var reserve = budget.ReservedSubjects;
        var general = budget.Limit - reserve;
        if (reserve == 0 || used + Math.Max(1, exchange.Items.Count) <= general)
        {
            return new BudgetShare(general, general, 0, 0, null);
        }
        if (MemberOf(exchange) is not { } member || !IsOpen(budget, member, exchange.StartedAt))
        {
            return BudgetShare.Of(general);
        }
        var set = (member.Exposure ??= new ExposureState()).GetOrAdd(budget.ReserveGroup, BudgetBook.CapacityOf(reserve));
        var since = nowMinute - budget.WindowMinutes;
        var taken = set.CountSince(nowMinute, since);
        if (member.Rung == Rung.Network)
        {
            taken += networks.Estimate(member.Key, budget.ReserveGroup, nowMinute, since);
        }
        var members = Math.Max(FewestMembers, pool.Members.CountSince(nowMinute, nowMinute - SubjectSet.KeptMinutes));
        return new BudgetShare(general, budget.Limit, Math.Max(1, reserve / members), taken, set);
    }

    /// <summary>Who of an exchange counts among those that share a reserve in full; newcomers must not thin it out.</summary>
    public static CallerState? MemberToCount(Exchange exchange, Budget budget) =>
        budget.ReservedSubjects > 0 && MemberOf(exchange) is { } member && IsOpen(budget, member, exchange.StartedAt)
            ? member
            : null;

    /// <summary>Notes again that a member received a subject: who restores cannot tell in which order, so in doubt it came from the reserve.</summary>
    public static void Restore(CallerState row, Budget budget, PoolState pool, Key128 subject, uint minute, uint nowMinute)
    {
        if (IsOpen(budget, row, nowMinute * 60_000L))
        {
            pool.Members.Release(row.Key, minute);
        }
        var since = nowMinute - budget.WindowMinutes;
        var used = pool.Exposure.Find(budget.Group)?.CountSince(nowMinute, since) ?? 0;
        if (minute >= since && used > budget.Limit - budget.ReservedSubjects)
        {
            var capacity = BudgetBook.CapacityOf(budget.ReservedSubjects);
            row.Exposure!.GetOrAdd(budget.ReserveGroup, capacity).Release(subject, minute);
        }
    }

    /// <summary>Who of an exchange is the member: its strongest rung that stands for one caller. Null when there is none.</summary>
    public static CallerState? MemberOf(Exchange exchange)
    {
        if (exchange.Caller is { IsShared: false } caller)
        {
            return caller;
        }
        CallerState? member = null;
        foreach (var rung in exchange.Rungs)
        {
            if (!rung!.IsShared && (member is null || rung.Rung > member.Rung))
            {
                member = rung;
            }
        }
        return member;
    }

    // Strangers never have standing, so where they are among themselves the reserve is for whoever is quiet.
    private static bool IsOpen(Budget budget, CallerState member, long now) =>
        budget.Pool is { Index: BuiltInPools.Anonymous or BuiltInPools.New }
        || member.Rung == Rung.Network && budget.Pool is not null
        || member.Rung > Rung.Network && now - member.FirstSeen >= StandingMilliseconds;
}
