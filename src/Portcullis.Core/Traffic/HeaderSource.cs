namespace Portcullis.Core.Traffic;

/// <summary>The header lines of one message, as an adapter has them; names compare without case.</summary>
public abstract class HeaderSource
{
    /// <summary>How many lines carry the name; <paramref name="first"/> is the first line's value, or null.</summary>
    public abstract int Get(string name, out string? first);

    /// <summary>The value of line <paramref name="index"/> (0-based) of that name, or null.</summary>
    public abstract string? Line(string name, int index);

    /// <summary>True when the name of some line is meant.</summary>
    public abstract bool AnyName(Func<string, bool> isMeant);

    /// <summary>
    /// Fills in the names that are not among <see cref="UsualHeaders"/>, each at least once; returns how many there are, which may be more
    /// than fit. Sources that cannot be walked have none.
    /// </summary>
    public virtual int Unusual(Span<string> names) => 0;

    /// <summary>The first line's value, or null.</summary>
    public string? First(string name)
    {
        Get(name, out var first);
        return first;
    }

    public bool Has(string name) => Get(name, out _) > 0;
}
