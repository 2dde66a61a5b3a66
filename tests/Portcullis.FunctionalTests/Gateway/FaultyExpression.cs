using Portcullis.Core;
using Portcullis.Core.Expressions;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A condition with a defect: whoever asks it gets an exception.</summary>
internal sealed class FaultyExpression : Expression
{
    public override bool? Evaluate(Exchange exchange, int item) => throw new InvalidOperationException("defect");
}
