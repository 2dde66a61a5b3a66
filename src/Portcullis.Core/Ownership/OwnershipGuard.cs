using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Ownership;

/// <summary>Refuses what policy declares is not the caller's: requests before the upstream is asked, items before they leave.</summary>
public sealed class OwnershipGuard : Guard
{
    public static readonly Reason ForeignRequest = new(
        "ownership/request",
        403,
        "This is not yours to access.",
        "The operation's `ownership` is false for this caller, or asks about something that the request or the token does not have."
    );

    public static readonly Reason HiddenRequest = new(
        "ownership/request-hidden",
        404,
        "There is no such resource.",
        "As ownership/request, answered as not found because the operation says `foreign: notFound`."
    );

    public static readonly Reason ForeignItem = new(
        "ownership/item",
        403,
        "This is not yours to access.",
        "The operation's `items` is false for records of the answer, or asks about a field that they do not have. From lists they are cut, single ones are refused."
    );

    public static readonly Reason HiddenItem = new(
        "ownership/item-hidden",
        404,
        "There is no such resource.",
        "As ownership/item, answered as not found because the operation says `foreign: notFound`."
    );

    public override string Id => "ownership";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase) =>
        exchange.Plan is not { } plan ? Judgement.Pass
        : phase == Phase.ResponseBody ? JudgeItems(exchange)
        : plan.RequestOwnership is null || plan.RequestOwnership.Evaluate(exchange, -1) == true ? Judgement.Pass
        : Judgement.Refuse(plan.HidesForeign ? HiddenRequest : ForeignRequest);

    private static Judgement JudgeItems(Exchange exchange)
    {
        var plan = exchange.Plan!;
        if (plan.ItemOwnership is not { } ownership)
        {
            return Judgement.Pass;
        }
        var foreign = 0;
        var kept = 0;
        var canCut = true;
        for (var i = 0; i < exchange.Items.Count; i++)
        {
            ref var item = ref exchange.Items[i];
            if (item.Outcome == ItemOutcome.Dropped)
            {
                continue;
            }
            if (ownership.Evaluate(exchange, i) == true)
            {
                kept++;
                continue;
            }
            foreign++;
            canCut &= item.Range.Length > 0;
            // While monitoring everything leaves, so everything must count as released.
            if (exchange.IsEnforced)
            {
                item.Outcome = ItemOutcome.Dropped;
            }
        }
        return foreign == 0 ? Judgement.Pass
            : kept > 0 && canCut ? Judgement.Clip(ForeignItem)
            : Judgement.Refuse(plan.HidesForeign ? HiddenItem : ForeignItem);
    }
}
