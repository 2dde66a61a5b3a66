namespace Portcullis.Storage.Journal;

/// <summary>A stretch of a segment that holds no whole record although records stood there.</summary>
/// <param name="From">Offset of its first byte.</param>
/// <param name="To">Offset after its last byte.</param>
/// <param name="First">First sequence lost; above <paramref name="Last"/> when only the header is.</param>
/// <param name="Last">Last sequence lost.</param>
internal readonly record struct SegmentGap(long From, long To, long First, long Last)
{
    // Blocks of file systems, and pages of memory, are as large or a multiple of it.
    private const int PageSize = 4096;

    // Records have no longer run of zeros but by chance.
    private const int ZeroRun = 32;

    /// <summary>All gaps, in order.</summary>
    /// <param name="bytes">The whole segment.</param>
    /// <param name="first">Sequence of its first record.</param>
    /// <param name="next">Sequence that the segment after it begins with, when records before that are missing; else 0.</param>
    public static List<SegmentGap> Of(ReadOnlySpan<byte> bytes, long first, long next)
    {
        var gaps = new List<SegmentGap>();
        if (SegmentHeader.Read(bytes) is null)
        {
            gaps.Add(new SegmentGap(0, SegmentHeader.Size, first, first - 1));
        }
        long at = Math.Min(SegmentHeader.Size, bytes.Length);
        var last = first - 1;
        while (true)
        {
            while (JournalFrame.TryRead(bytes[(int)at..], out var sequence, out var size) && sequence > last)
            {
                last = sequence;
                at += size;
            }
            var resumes = SegmentScan.FindNext(bytes, at, last, out var found);
            if (resumes == 0)
            {
                break;
            }
            gaps.Add(new SegmentGap(at, resumes, last + 1, found - 1));
            at = resumes;
        }
        if (next > last + 1)
        {
            gaps.Add(new SegmentGap(at, bytes.Length, last + 1, next - 1));
        }
        return gaps;
    }

    /// <summary>
    /// True for what a power cut leaves of pages that had not been written, or not for the last time, when later ones had: zeros up to the end
    /// of a page, or of the file.
    /// </summary>
    public bool IsLeftByPowerCut(ReadOnlySpan<byte> bytes)
    {
        if (First > Last)
        {
            return false;
        }
        for (var end = (From / PageSize + 1) * PageSize; end <= To; end += PageSize)
        {
            if (HasZerosBefore(bytes, end))
            {
                return true;
            }
        }
        return To == bytes.Length && HasZerosBefore(bytes, To);
    }

    private bool HasZerosBefore(ReadOnlySpan<byte> bytes, long end)
    {
        var start = Math.Max(From, end - ZeroRun);
        return start < end && !bytes[(int)start..(int)end].ContainsAnyExcept((byte)0);
    }
}
