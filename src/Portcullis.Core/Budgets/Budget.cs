using Portcullis.Core.Expressions;

namespace Portcullis.Core.Budgets;

/// <summary>The ceiling on distinct subjects over a window.</summary>
public sealed record Budget
{
    /// <summary>Unique in the policy; state outlives changes of limit and window.</summary>
    public required string Name
    {
        get;
        init
        {
            field = value;
            ReserveGroup = $"reserve {value}";
            MaskedGroup = $"masked {value}";
        }
    }

    /// <summary>Under which a member's use of the reserve is kept.</summary>
    internal string ReserveGroup { get; private init; } = "";

    /// <summary>Under which a pool's masked subjects are kept.</summary>
    internal string MaskedGroup { get; private init; } = "";

    public required BudgetScope Scope { get; init; }

    /// <summary>The pool whose members it covers (scope Caller), or whose sum it caps (scope Pool); null covers everybody.</summary>
    public Pool? Pool { get; init; }

    /// <summary>Which operations add up: <c>*</c>, or operation ids joined by commas in ordinal order. Budgets of one group share their memory.</summary>
    public string Group { get; init; } = "*";

    /// <summary>Distinct subjects, 1 or more; already divided by the number of gateways that run side by side.</summary>
    public required int Limit { get; init; }

    /// <summary>1 minute to 30 days. Counted in minutes up to 2 hours, in hours above; the oldest step counts whole.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>
    /// How far back is counted: the window, the minute it began in, and the thousandth by which gate time may run ahead of true time while it
    /// follows a stepped clock, so that nothing expires early.
    /// </summary>
    public uint WindowMinutes => (uint)(Window.TotalMinutes * 1.001) + 1;

    public OverBudgetWord Over { get; init; } = OverBudgetWord.Clip;

    /// <summary>Share of a pool's limit (0–0.9) that each member of standing may use only its equal part of.</summary>
    public double Reserve { get; init; }

    /// <summary>The reserve in subjects.</summary>
    public int ReservedSubjects => Scope == BudgetScope.Pool ? (int)(Limit * Reserve) : 0;

    public bool Covers(ulong pools) => Pool is null || (pools & Pool.Mask) != 0;
}
