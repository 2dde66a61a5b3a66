using Portcullis.Core.Traffic;

namespace Portcullis.Core.Decisions;

/// <summary>Refuses callers, credentials and networks under a restriction, before anything is asked of the upstream.</summary>
public sealed class RestrictionsGuard(GateState state) : Guard
{
    public static readonly Reason Restricted = new(
        "restrictions/restricted",
        403,
        "Access is restricted.",
        "A restriction covers this caller or network. `portcullis release` ends it."
    );

    public override string Id => "restrictions";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead];

    public override Judgement Judge(Exchange exchange, Phase phase) =>
        state.RestrictionOf(exchange) is null ? Judgement.Pass : Judgement.Refuse(Restricted);
}
