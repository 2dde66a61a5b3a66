namespace Portcullis.Core.Budgets;

/// <summary>What happens to an item that no longer fits a budget.</summary>
public enum OverBudgetWord : byte
{
    /// <summary>Lists lose the item, single records are refused.</summary>
    Clip = 0,

    /// <summary>The whole answer is refused.</summary>
    Refuse = 1,

    /// <summary>The item's protected values are masked.</summary>
    Mask = 2,

    /// <summary>Anonymous callers are asked for a token (401); others are refused.</summary>
    Token = 3,

    /// <summary>Anonymous callers are asked for a token; others get as many masked records as the limit has, then they are refused.</summary>
    Degrade = 4,
}
