namespace Portcullis.Core.Classification;

/// <summary>Whether JSON text can be read in one way only.</summary>
public enum JsonForm : byte
{
    Sound = 0,

    /// <summary>An object names a key twice: two parsers may take two values.</summary>
    Duplicate = 1,

    /// <summary>It is not JSON (RFC 8259), not UTF-8, or nested deeper than 64.</summary>
    Malformed = 2,
}
