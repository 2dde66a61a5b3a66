namespace Portcullis.Storage.Journal;

/// <summary>Where and how the journal is kept.</summary>
public sealed record JournalOptions
{
    /// <summary>Folder of the segment files; made if missing.</summary>
    public required string Folder { get; init; }

    public Durability Durability { get; init; } = Durability.Process;

    /// <summary>Bytes after which a new segment starts, 64 KiB or more.</summary>
    public long SegmentSize { get; init; } = 64 << 20;

    /// <summary>Most bytes of all segments: an append that would need another one fails until readers have passed enough of them.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>Stands in each segment's header: the ledger key under which its hashes were made.</summary>
    public uint KeyId { get; init; }

    /// <summary>Sequence numbers up to here are used, whatever the files say: the highest position any store has committed.</summary>
    public long UsedSequence { get; init; }

    /// <summary>
    /// True to open a journal with a damaged record in its middle: what can be read is kept, the damaged file is set aside as
    /// <c>.damaged</c>, and the report names the gap. False refuses to open it.
    /// </summary>
    public bool Repair { get; init; }

    /// <summary>With <see cref="Durability.Buffered"/>: most bytes on disk; an append waits for the readers when they are used up.</summary>
    public long BufferedDiskBytes { get; init; } = 512L << 20;
}
