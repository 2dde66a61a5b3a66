namespace Portcullis.Core.Expressions;

/// <summary>Which facts an expression may ask about, and what names in it stand for.</summary>
public sealed record ExpressionScope
{
    /// <summary>Parameters of the path template, in template order; null where no request path is known.</summary>
    public IReadOnlyList<string>? PathParameters { get; init; }

    /// <summary>Whether query and headers may be asked about.</summary>
    public bool HasRequest { get; init; }

    /// <summary>Whether response items may be asked about.</summary>
    public bool HasItem { get; init; }

    /// <summary>Pools by name; null where pools are not known yet.</summary>
    public IReadOnlyDictionary<string, Pool>? Pools { get; init; }
}
