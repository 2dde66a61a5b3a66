using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Ownership;

/// <summary>Refuses what policy declares is not the caller's: requests before the upstream is asked, items before they leave.</summary>
public sealed class OwnershipGuard : Guard
{
    public override string Id => "ownership";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.RequestBody, Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase) => Judgement.Pass;
}
