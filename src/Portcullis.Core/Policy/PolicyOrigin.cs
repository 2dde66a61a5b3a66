namespace Portcullis.Core.Policy;

/// <summary>Where a part of the policy was written: a place in a file, an environment variable or a flag.</summary>
/// <param name="Source">File name, variable or flag; empty for options set in code.</param>
/// <param name="Line">1-based; 0 when the source has no lines.</param>
/// <param name="Column">1-based; 0 when the source has no lines.</param>
public readonly record struct PolicyOrigin(string Source, int Line, int Column)
{
    /// <summary>Options set in code.</summary>
    public static readonly PolicyOrigin Code = new("", 0, 0);

    /// <summary>A place further right on the same line, where the text is written plainly.</summary>
    public PolicyOrigin Right(int columns) => Line == 0 ? this : this with { Column = Column + columns };

    public override string ToString() => Line == 0 ? Source ?? "" : $"{Source}:{Line}:{Column}";
}
