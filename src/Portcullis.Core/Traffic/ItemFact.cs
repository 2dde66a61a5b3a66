using Portcullis.Core.Hashing;

namespace Portcullis.Core.Traffic;

/// <summary>One item of an answer: the record of one subject.</summary>
public struct ItemFact
{
    /// <summary>Canonical key of the subject, never empty: an item without an id is keyed by its own values.</summary>
    public Key128 Subject;

    /// <summary>True when the subject key is the item's own id, so that its other values may be linked to it.</summary>
    public bool HasOwnId;

    /// <summary>Data classes found, one bit each (<see cref="Classification.DataClass.Bit"/>).</summary>
    public ulong Classes;

    /// <summary>Where the item stands in the decoded body; Length 0 when it cannot be cut out (it is the whole body).</summary>
    public TextRange Range;

    /// <summary>Its aliases in <see cref="Exchange.Aliases"/>: index of the first, and how many.</summary>
    public int FirstAlias;

    public int AliasCount;

    /// <summary>What happens to it.</summary>
    public ItemOutcome Outcome;

    /// <summary>True when its aliases lead to its subject from now on, if it leaves; set at commit.</summary>
    public bool Teaches;

    /// <summary>True when no budget had counted this subject for this caller yet; set at commit.</summary>
    public bool IsNew;
}
