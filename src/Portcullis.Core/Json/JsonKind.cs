namespace Portcullis.Core.Json;

/// <summary>What a <see cref="JsonToken"/> is.</summary>
internal enum JsonKind : byte
{
    Null = 0,
    False,
    True,
    Number,
    String,
    Array,
    Object,

    /// <summary>A member's name; its value is the next token.</summary>
    Name,
}
