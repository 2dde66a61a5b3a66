using Portcullis.Core.Hashing;

namespace Portcullis.Core.Classification;

/// <summary>One protected value as met in a body, before it is known whose it is.</summary>
internal struct Sighting
{
    public TextRange Range;
    public Key128 Alias;

    /// <summary>Bits of the words of a name, so that "Ada" and "Lovelace" are told to be part of "Ada Lovelace".</summary>
    public Key128 Words;

    public int Node;

    /// <summary>Next sighting of the node, or of the group once grouped; -1 at the end.</summary>
    public int Next;

    /// <summary>Group it makes alone, or -1 to follow its node.</summary>
    public int OwnGroup;

    public ushort Field;
    public byte Class;
    public bool IsWeak;
    public bool IsGone;

    /// <summary>True when the range is that of a whole text with more than this value in it.</summary>
    public bool IsNested;
}
