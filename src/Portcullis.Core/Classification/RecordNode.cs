namespace Portcullis.Core.Classification;

/// <summary>An object or list of a body under which something protected was seen.</summary>
internal struct RecordNode
{
    public TextRange Range;

    /// <summary>The plain <c>id</c>, or the field policy names as the subject's; Length 0 for none.</summary>
    public TextRange Id;

    public FieldMeaning Container;
    public ulong Strong;
    public ulong Weak;
    public int Parent;
    public int Group;
    public int First;
    public int Last;

    /// <summary>Next node of the same group, or -1.</summary>
    public int NextInGroup;

    public bool IsElement;
    public bool IsList;
    public bool IsPlace;

    /// <summary>True when <see cref="Id"/> is what policy declares.</summary>
    public bool IsDeclaredId;
}
