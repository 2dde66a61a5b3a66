using Portcullis.Core;
using Portcullis.Core.Expressions;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A condition that is false for every item in whose bytes John stands.</summary>
internal sealed class NobodyNamedJohn : Expression
{
    public override bool? Evaluate(Exchange exchange, int item)
    {
        var range = exchange.Items[item].Range;
        return exchange.ResponseBody.Span.Slice(range.Start, range.Length).IndexOf("john"u8) < 0;
    }
}
