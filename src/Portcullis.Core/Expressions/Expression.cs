namespace Portcullis.Core.Expressions;

/// <summary>A total, typed condition over path, query, headers, token, caller and item; compiled once, evaluated without allocation.</summary>
public abstract class Expression
{
    /// <summary>
    /// True, false, or null when it asks about a fact that was never extracted (<em>unknown</em>, which enforcement treats as false).
    /// </summary>
    /// <param name="exchange">The exchange asked about.</param>
    /// <param name="item">Index of the item in <see cref="Exchange.Items"/>, or -1 outside items.</param>
    public abstract bool? Evaluate(Exchange exchange, int item);

    /// <summary>Adds the claims that it compares with what is asked for: what they name is the caller's own.</summary>
    internal virtual void AddOwnClaims(ISet<string> claims) { }
}
