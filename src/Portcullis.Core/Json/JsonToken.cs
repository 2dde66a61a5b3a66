using System.Runtime.InteropServices;

namespace Portcullis.Core.Json;

/// <summary>One value or member name of a <see cref="JsonTape"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct JsonToken
{
    /// <summary>Where it stands in the text read: of a string or name the byte after the quote, of an object or array its bracket.</summary>
    public int Start;

    /// <summary>Bytes there: of a string or name without the quotes, of an object or array with both brackets.</summary>
    public int Length;

    /// <summary>Index of the token after it and all it holds.</summary>
    public int Next;

    /// <summary>Elements of an array, members of an object; of a string or name with escapes, which of the tape's unescaped texts it is.</summary>
    public int Count;

    /// <summary>Of a name: its <see cref="Hashing.NameHash"/>, escapes undone.</summary>
    public ulong Hash;

    public JsonKind Kind;

    /// <summary>True for a string or name in which escapes stand.</summary>
    public bool IsEscaped;

    /// <summary>On an object: two of its names may be the same.</summary>
    public bool MayRepeat;

    /// <summary>On a name: some schema that held declares the member. On an object: some schema that held lists its members.</summary>
    public bool IsDeclared;
}
