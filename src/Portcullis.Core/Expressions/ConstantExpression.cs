namespace Portcullis.Core.Expressions;

/// <summary>Always true, or always false.</summary>
internal sealed class ConstantExpression(bool value) : Expression
{
    /// <inheritdoc/>
    public override bool? Evaluate(Exchange exchange, int item) => value;
}
