using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Exposure;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;

namespace Portcullis.Analysis.Incidents;

/// <summary>How much of one budget is used now.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Used">Distinct subjects within its window.</param>
public sealed record BudgetUse(Budget Budget, int Used)
{
    /// <summary>
    /// The budgets that count for a member of the pools given, most used first: its own where anything was charged, and those of the pools.
    /// </summary>
    /// <param name="state">The gate's memory; held still while it is read.</param>
    /// <param name="caller">Hash of a rung or network.</param>
    /// <param name="pools">Pool bits of the caller.</param>
    /// <param name="operation">Only budgets of the operation with this id; null for all.</param>
    public static IReadOnlyList<BudgetUse> Of(GateState state, Key128 caller, ulong pools, string? operation)
    {
        ArgumentNullException.ThrowIfNull(state);
        var minute = (uint)(state.Clock.Now / 60_000);
        state.Callers.TryGet(caller, out var row);
        var budgets = state.Policy.Budgets.Where(budget =>
            operation is null || budget.Group == "*" || budget.Group.Split(',').Contains(operation)
        );
        return state.Inspect<IReadOnlyList<BudgetUse>>(known =>
            [
                .. budgets
                    .Select(budget => new BudgetUse(budget, Count(budget, row?.Exposure, known, pools, minute)))
                    .Where(use => use.Used > 0)
                    .OrderByDescending(use => (double)use.Used / use.Budget.Limit),
            ]
        );
    }

    private static int Count(
        Budget budget,
        ExposureState? own,
        IReadOnlyDictionary<string, PoolState> pools,
        ulong memberOf,
        uint minute
    )
    {
        if (!budget.Covers(memberOf))
        {
            return 0;
        }
        var since = minute - budget.WindowMinutes;
        if (budget.Scope == BudgetScope.Caller)
        {
            return own?.Find(budget.Group)?.CountSince(minute, since) ?? 0;
        }
        return pools.TryGetValue(budget.Pool?.Name ?? "*", out var pool)
            ? pool.Exposure.Find(budget.Group)?.CountSince(minute, since) ?? 0
            : 0;
    }
}
