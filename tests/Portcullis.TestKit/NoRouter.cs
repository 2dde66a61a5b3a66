using Portcullis.Core;

namespace Portcullis.TestKit;

/// <summary>Knows no operation.</summary>
public sealed class NoRouter : OperationRouter
{
    public override OperationPlan? Match(Exchange exchange, out bool otherMethod)
    {
        otherMethod = false;
        return null;
    }
}
