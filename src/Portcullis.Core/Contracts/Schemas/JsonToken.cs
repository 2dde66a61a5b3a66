namespace Portcullis.Core.Contracts.Schemas;

/// <summary>One value or member name of a <see cref="JsonTape"/>.</summary>
internal struct JsonToken
{
    /// <summary>Offset of its text: in the body, or in the tape's unescaped text when <see cref="IsUnescaped"/>.</summary>
    public int Start;

    /// <summary>Bytes of its text, quotes excluded.</summary>
    public int Length;

    /// <summary>Index of the token after it and all it holds.</summary>
    public int Next;

    /// <summary>Elements of an array, members of an object.</summary>
    public int Count;

    public JsonKind Kind;

    public bool IsUnescaped;

    /// <summary>On a name: some schema that held declares the member. On an object: some schema that held lists its members.</summary>
    public bool IsDeclared;
}
