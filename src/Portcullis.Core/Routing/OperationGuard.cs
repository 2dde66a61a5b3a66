using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>Finds upstream and operation, and with it whether verdicts on this exchange are carried out.</summary>
public sealed class OperationGuard(GateState state) : Guard
{
    public static readonly Reason UnknownHost = new(
        "operation/unknown-host",
        421,
        "This host is not served here.",
        "No upstream lists this host. Add it to the upstream's `hosts`, or use `*`."
    );

    public static readonly Reason UnknownOperation = new(
        "operation/unknown",
        404,
        "There is no such resource.",
        "Neither the contract nor the policy declares this operation. Declare it, or set `unknownOperations: observe` on the upstream."
    );

    public static readonly Reason UnknownMethod = new(
        "operation/method",
        405,
        "The method is not allowed.",
        "The path is declared, this method on it is not. Declare it, or set `unknownOperations: observe` on the upstream."
    );

    public override string Id => "operation";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.ResponseHead];

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        if (phase == Phase.ResponseHead)
        {
            // Only an answer shows whether the path exists; what it carries is judged as the operation's from the first one on.
            exchange.Plan ??= exchange.Upstream?.Router.Learn(exchange);
            return Judgement.Pass;
        }
        exchange.Upstream = exchange.Policy.FindUpstream(exchange.Host);
        if (exchange.Upstream is null)
        {
            return Judgement.Refuse(UnknownHost);
        }
        if (!exchange.HasCanonicalTarget)
        {
            return Judgement.Pass;
        }
        exchange.Plan = exchange.Upstream.Router.Match(exchange, out var otherMethod);
        if (exchange.Plan is { } plan)
        {
            var mode = state.Overrides.Find(plan.Operation.Index, exchange.StartedAt) ?? plan.Mode ?? exchange.Policy.Mode;
            exchange.IsEnforced = mode == Mode.Enforce;
            // A declared upstream that refuses what it does not know also refuses what traffic alone taught.
            return !exchange.Upstream.RefusesUnknownOperations || plan.Operation.IsDeclared ? Judgement.Pass
                : !plan.IsForPreflights ? Judgement.Refuse(UnknownOperation)
                : Preflight.Is(exchange) ? Judgement.Pass
                : Judgement.Refuse(UnknownMethod);
        }
        return exchange.Upstream.RefusesUnknownOperations
            ? Judgement.Refuse(otherMethod ? UnknownMethod : UnknownOperation)
            : Judgement.Pass;
    }
}
