namespace Portcullis.Core.Expressions;

/// <summary>True when all are true, false when any is false, else unknown.</summary>
internal sealed class AllExpression(Expression[] parts) : Expression
{
    /// <inheritdoc/>
    public override bool? Evaluate(Exchange exchange, int item)
    {
        bool? result = true;
        foreach (var part in parts)
        {
            var one = part.Evaluate(exchange, item);
            if (one == false)
            {
                return false;
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
