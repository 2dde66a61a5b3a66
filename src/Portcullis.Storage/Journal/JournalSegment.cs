using System.Globalization;

namespace Portcullis.Storage.Journal;

/// <summary>One segment file: first sequence, and how far readers may read.</summary>
internal sealed class JournalSegment(string path, long firstSequence, IJournalFile file)
{
    private long _readable = SegmentHeader.Size;
    private int _isSealed;
    private int _isSuspect;

    public string Path { get; } = path;

    public long FirstSequence { get; } = firstSequence;

    public IJournalFile File { get; } = file;

    /// <summary>Bytes that hold whole frames.</summary>
    public long Readable
    {
        get => Volatile.Read(ref _readable);
        set => Volatile.Write(ref _readable, value);
    }

    /// <summary>True once nothing is appended any more.</summary>
    public bool IsSealed
    {
        get => Volatile.Read(ref _isSealed) != 0;
        set => Volatile.Write(ref _isSealed, value ? 1 : 0);
    }

    /// <summary>
    /// True once a sync failed: the kernel may have dropped the pages it could not write, and another sync of the file would succeed without
    /// them. Nothing more goes into it, and what it holds beyond the last good sync never counts as durable.
    /// </summary>
    public bool IsSuspect
    {
        get => Volatile.Read(ref _isSuspect) != 0;
        set => Volatile.Write(ref _isSuspect, value ? 1 : 0);
    }

    public static string PathOf(string folder, long firstSequence) =>
        System.IO.Path.Combine(folder, $"journal-{firstSequence.ToString("D20", CultureInfo.InvariantCulture)}.pcj");

    /// <summary>The first sequence a file name states; null for another file.</summary>
    public static long? FirstSequenceOf(string path)
    {
        var name = System.IO.Path.GetFileName(path.AsSpan());
        return
            name.Length == 32
            && name.StartsWith("journal-")
            && name.EndsWith(".pcj")
            && long.TryParse(name[8..28], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? first
            : null;
    }
}
