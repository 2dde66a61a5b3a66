using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Expressions;

/// <summary>The opposite; unknown stays unknown.</summary>
internal sealed class NotExpression(Expression inner) : Expression
{
    /// <inheritdoc/>
    public override bool? Evaluate(Exchange exchange, int item) => !inner.Evaluate(exchange, item);
}
