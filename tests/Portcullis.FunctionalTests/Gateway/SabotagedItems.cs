using Portcullis.Core;
using Portcullis.Core.Expressions;
using Portcullis.Core.Traffic;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A condition that lets the first item pass alone, and leaves a value behind that stands outside the body.</summary>
internal sealed class SabotagedItems : Expression
{
    public override bool? Evaluate(Exchange exchange, int item)
    {
        if (item > 0)
        {
            exchange.Values.Add(new ValueFact(new TextRange(1 << 20, 5), 0, item));
        }
        return item == 0;
    }
}
