namespace Portcullis.Core.Expressions;

/// <summary>Whether the caller belongs to a pool.</summary>
internal sealed class PoolExpression(ulong mask) : Expression
{
    /// <inheritdoc/>
    public override bool? Evaluate(Exchange exchange, int item) => (exchange.Pools & mask) != 0;
}
