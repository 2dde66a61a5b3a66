using Portcullis.Core;

namespace Portcullis.Tests.Identity;

/// <summary>Matches every target with one plan.</summary>
internal sealed class OneOperation : OperationRouter
{
    public required OperationPlan Plan { get; set; }

    public override OperationPlan? Match(Exchange exchange, out bool otherMethod)
    {
        otherMethod = false;
        return Plan;
    }
}
