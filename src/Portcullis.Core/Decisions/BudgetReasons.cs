namespace Portcullis.Core.Decisions;

/// <summary>Reasons of a budget that is used up, which an operator's allowance can cover.</summary>
public static class BudgetReasons
{
    public static readonly Reason OverBudget = new(
        "exposure/budget",
        429,
        "You have reached the number of records you may access for now.",
        "A budget of distinct subjects is used up; records already released still pass. Raise the budget's limit, or move the caller to a pool with its own."
    );

    public static readonly Reason TokenRequired = new(
        "exposure/token-required",
        401,
        "Please sign in to continue.",
        "The anonymous budget is used up, so a token is asked for; callers with one are not affected. Raise the pool's limit to admit more."
    )
    {
        Challenge = "Bearer",
    };
}
