namespace Portcullis.Core.Json;

/// <summary>Why bytes are no JSON that two parsers read alike.</summary>
internal enum JsonFault : byte
{
    None = 0,
    Malformed,
    InvalidUtf8,

    /// <summary>A surrogate escape without its other half.</summary>
    LoneSurrogate,

    /// <summary>A member name stands twice in one object: two parsers may take different values.</summary>
    DuplicateName,
    TooDeep,
    TooLarge,
}
