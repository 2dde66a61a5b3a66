using Portcullis.Core.Expressions;

namespace Portcullis.Core.Budgets;

/// <summary>Whose exposures one budget adds up.</summary>
public enum BudgetScope : byte
{
    /// <summary>Each verified rung of each caller on its own.</summary>
    Caller = 0,

    /// <summary>All members of one pool together.</summary>
    Pool = 1,
}
