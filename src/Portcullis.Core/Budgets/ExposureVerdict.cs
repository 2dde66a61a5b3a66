using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Budgets;

/// <summary>Turns the outcome of a reservation into the verdict on the exchange.</summary>
internal static class ExposureVerdict
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

    /// <param name="exchange">The exchange whose items were weighed.</param>
    /// <param name="overrun">What did not fit.</param>
    /// <param name="isAllowed">True when an operator lets this caller pass the budgets of this operation.</param>
    public static void Judge(Exchange exchange, in Overrun overrun, bool isAllowed)
    {
        if (overrun.Budget is not { } budget)
        {
            return;
        }
        exchange.ExceededBudget = budget;
        exchange.ExceededUse = overrun.Used;
        if (isAllowed)
        {
            exchange.Object(Judgement.Observe(OverBudget));
        }
        else if (budget.Over is OverBudgetWord.Token or OverBudgetWord.Degrade && exchange.IsAnonymous)
        {
            exchange.Object(Judgement.Refuse(TokenRequired));
        }
        else if (budget.Over is OverBudgetWord.Mask or OverBudgetWord.Degrade && overrun.Dropped == 0)
        {
            exchange.Object(Judgement.Mask(OverBudget));
        }
        else if (budget.Over is OverBudgetWord.Clip or OverBudgetWord.Degrade && overrun.Left > 0 && overrun.CanCut)
        {
            exchange.Object(Judgement.Clip(OverBudget));
        }
        else
        {
            exchange.Object(Judgement.Refuse(OverBudget, RetryAfter(budget)));
        }
    }

    /// <summary>
    /// True for an answer without a person on an operation that answers with people: not found, not yours, an empty list. What asks to
    /// sign in, and failures of the upstream, say nothing of whether somebody exists.
    /// </summary>
    public static bool TellsWhoExists(Exchange exchange) =>
        exchange is { WasForwarded: true, Release: ReleaseKind.Measured, Status: not 401 and < 500, Plan: { } plan }
        && plan.Budgets.Length > 0
        && plan.ReturnsPersonalData;

    // Room returns as the oldest releases leave the window, which is some time within it; an hour keeps clients from hammering.
    private static int RetryAfter(Budget budget) => (int)Math.Min(3600, budget.Window.TotalSeconds);
}
