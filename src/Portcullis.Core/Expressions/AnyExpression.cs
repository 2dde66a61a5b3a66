namespace Portcullis.Core.Expressions;

/// <summary>True when any is true, false when all are false, else unknown.</summary>
internal sealed class AnyExpression(Expression[] parts) : Expression
{
    /// <inheritdoc/>
    public override bool? Evaluate(Exchange exchange, int item)
    {
        bool? result = false;
        foreach (var part in parts)
        {
            var one = part.Evaluate(exchange, item);
            if (one == true)
            {
                return true;
            }
            result = one is null ? null : result;
        }
        return result;
    }

    /// <inheritdoc/>
    internal override void AddOwnClaims(ISet<string> claims)
    {
        foreach (var part in parts)
        {
            part.AddOwnClaims(claims);
        }
    }
}
