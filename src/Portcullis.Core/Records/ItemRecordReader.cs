using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Records;

/// <summary>One item of a recorded answer, read where it lies.</summary>
public readonly ref struct ItemRecordReader
{
    private const int AliasSize = 1 + Key128.Size;

    private readonly ReadOnlySpan<byte> _aliases;

    internal ItemRecordReader(scoped ref RecordReader reader)
    {
        Subject = reader.Key();
        Classes = reader.Number();
        var outcome = reader.Byte();
        Outcome = (ItemOutcome)(outcome & 0x1F);
        Teaches = (outcome & 0x20) != 0;
        HasOwnId = (outcome & 0x40) != 0;
        IsNew = (outcome & 0x80) != 0;
        _aliases = reader.Raw(reader.Count(1 << 20) * AliasSize);
    }

    /// <summary>Canonical key.</summary>
    public Key128 Subject { get; }

    /// <summary>Data classes, one bit each.</summary>
    public ulong Classes { get; }

    /// <summary>What happened to it.</summary>
    public ItemOutcome Outcome { get; }

    /// <summary>True when it was charged as a new subject.</summary>
    public bool IsNew { get; }

    /// <summary>True when the subject key is the item's own id.</summary>
    public bool HasOwnId { get; }

    /// <summary>True when the item left with its own id and its caller may teach: its aliases lead to its subject.</summary>
    public bool Teaches { get; }

    /// <summary>How many other keys of the same subject follow.</summary>
    public int AliasCount => _aliases.Length / AliasSize;

    public AliasFact AliasAt(int index)
    {
        var alias = _aliases.Slice(index * AliasSize, AliasSize);
        return new AliasFact(Key128.Read(alias[1..]), alias[0]);
    }
}
