using Portcullis.Core.Hashing;

namespace Portcullis.Core.Classification;

/// <summary>What belongs to one subject while items are being made.</summary>
internal struct RecordGroup
{
    public TextRange Range;
    public TextRange Id;
    public Key128 Words;
    public ulong Classes;
    public int Parent;
    public int MergedInto;

    /// <summary>First of its sightings, in the order of the body.</summary>
    public int First;

    public int Last;

    /// <summary>First of its nodes, or -1.</summary>
    public int FirstNode;

    public int Item;
    public byte IdClass;
    public bool IsDeclaredId;
    public bool IsElement;
}
