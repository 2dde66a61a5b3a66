using Portcullis.Core.Exposure;

namespace Portcullis.Core.Budgets;

/// <summary>What one caller may use of a budget: the part open to all, and a quota of the part kept for quiet members.</summary>
/// <param name="General">Used by anybody up to this many distinct subjects of all together.</param>
/// <param name="Ceiling">Used by members with quota left up to this many of all together; never above the budget's limit.</param>
/// <param name="Quota">Most subjects this member may take from between the two within the window.</param>
/// <param name="Taken">How many of them it has taken.</param>
/// <param name="Reserve">Where what it takes from there is noted; null without a reserve, or far from it.</param>
internal readonly record struct BudgetShare(int General, int Ceiling, int Quota, int Taken, SubjectSet? Reserve)
{
    /// <summary>A budget without a reserve.</summary>
    public static BudgetShare Of(int limit) => new(limit, limit, 0, 0, null);
}
