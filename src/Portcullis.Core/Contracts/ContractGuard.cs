using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Contracts;

/// <summary>Holds requests and answers to the contract.</summary>
public sealed class ContractGuard : Guard
{
    public override string Id => "contract";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.RequestBody, Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase) => Judgement.Pass;
}
