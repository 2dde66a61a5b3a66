using System.Buffers.Binary;

namespace Portcullis.Storage.Journal;

/// <summary>Walks one segment at opening: where its last whole record ends, and whether whole records follow a damaged one.</summary>
/// <param name="Header">Null when the header itself is torn.</param>
/// <param name="Good">Bytes up to the end of the last whole record before any damage.</param>
/// <param name="LastSequence">Sequence of that record; one before the segment's first when there is none.</param>
/// <param name="Resumes">Offset of the first whole record after damage; 0 when none follows.</param>
/// <param name="ResumesAt">Its sequence.</param>
internal sealed record SegmentScan(SegmentHeader? Header, long Good, long LastSequence, long Resumes, long ResumesAt)
{
    // Records are found again after damage by their sequence, which cannot have run further than this within one segment.
    private const long SequenceReach = 1L << 32;

    public static SegmentScan Of(ReadOnlySpan<byte> bytes, long firstSequence)
    {
        var header = SegmentHeader.Read(bytes);
        var last = firstSequence - 1;
        long good = header is null ? 0 : SegmentHeader.Size;
        if (header is not null)
        {
            while (JournalFrame.TryRead(bytes[(int)good..], out var sequence, out var size) && sequence > last)
            {
                last = sequence;
                good += size;
            }
        }
        var resumes = FindNext(bytes, good, last, out var resumesAt);
        return new SegmentScan(header, good, last, resumes, resumesAt);
    }

    /// <summary>Offset of the next whole record after <paramref name="from"/>; 0 when there is none.</summary>
    public static long FindNext(ReadOnlySpan<byte> bytes, long from, long last, out long sequence)
    {
        sequence = 0;
        for (var offset = (int)from; offset + JournalFrame.HeaderSize <= bytes.Length; offset++)
        {
            var claimed = BinaryPrimitives.ReadInt64LittleEndian(bytes[(offset + 4)..]);
            if (claimed > last && claimed <= last + SequenceReach && JournalFrame.TryRead(bytes[offset..], out sequence, out _))
            {
                return offset;
            }
        }
        return 0;
    }
}
