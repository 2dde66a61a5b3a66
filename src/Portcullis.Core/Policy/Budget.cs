namespace Portcullis.Core.Policy;

/// <summary>The ceiling on distinct subjects over a window.</summary>
public sealed record Budget
{
    /// <summary>Unique in the policy; state outlives changes of limit and window.</summary>
    public required string Name { get; init; }

    public required BudgetScope Scope { get; init; }

    /// <summary>The pool whose members it covers (scope Caller), or whose sum it caps (scope Pool); null covers everybody.</summary>
    public Pool? Pool { get; init; }

    /// <summary>Which operations add up: <c>*</c>, or operation ids joined by commas in ordinal order. Budgets of one group share their memory.</summary>
    public string Group { get; init; } = "*";

    /// <summary>Distinct subjects, 1 or more; already divided by the number of gateways that run side by side.</summary>
    public required int Limit { get; init; }

    /// <summary>1 minute to 30 days. Counted in minutes up to 2 hours, in hours above; the oldest step counts whole.</summary>
    public required TimeSpan Window { get; init; }

    public OverBudgetWord Over { get; init; } = OverBudgetWord.Clip;

    /// <summary>Share of a pool's limit (0–0.9) that only members of standing can use: first seen a day ago or earlier and quiet since.</summary>
    public double Reserve { get; init; }

    public bool Covers(ulong pools) => Pool is null || (pools & Pool.Mask) != 0;
}
