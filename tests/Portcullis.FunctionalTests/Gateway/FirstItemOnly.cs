using Portcullis.Core;
using Portcullis.Core.Expressions;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A condition that is true for the first item of an answer alone.</summary>
internal sealed class FirstItemOnly : Expression
{
    public override bool? Evaluate(Exchange exchange, int item) => item == 0;
}
