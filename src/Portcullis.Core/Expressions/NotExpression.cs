namespace Portcullis.Core.Expressions;

/// <summary>The opposite; unknown stays unknown.</summary>
internal sealed class NotExpression(Expression inner) : Expression
{
    /// <inheritdoc/>
    public override bool? Evaluate(Exchange exchange, int item) => !inner.Evaluate(exchange, item);
}
