using Portcullis.Core;

namespace Portcullis.TestKit;

/// <summary>Takes every request for one operation.</summary>
public sealed class FixedRouter(OperationPlan plan) : OperationRouter
{
    public override OperationPlan? Match(Exchange exchange, out bool otherMethod)
    {
        otherMethod = false;
        return plan;
    }
}
