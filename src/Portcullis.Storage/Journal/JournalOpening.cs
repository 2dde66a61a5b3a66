using System.Globalization;

namespace Portcullis.Storage.Journal;

/// <summary>
/// Opens the segments of a folder. A torn tail of the last one is cut and reported. A damaged record followed by whole ones, or a missing
/// file, is a loss that must not pass in silence: it refuses, unless asked to repair, and then keeps what can be read and reports the gap.
/// </summary>
internal sealed class JournalOpening(JournalOptions options, Func<string, IJournalFile> openFile)
{
    private readonly List<string> _notes = [];
    private readonly List<JournalSegment> _segments = [];

    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Oldest first.</summary>
    public JournalSegment[] Segments => [.. _segments];

    /// <summary>Sequence of the latest record.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Ledger key id of the last segment; null when there is no segment.</summary>
    public uint? KeyId { get; private set; }

    public void Run()
    {
        var files = Directory
            .EnumerateFiles(options.Folder, "journal-*.pcj")
            .Select(path => (Path: path, First: JournalSegment.FirstSequenceOf(path)))
            .Where(file => file.First is not null)
            .Select(file => (file.Path, First: file.First!.Value))
            .OrderBy(file => file.First)
            .ToArray();
        var lostThrough = 0L;
        for (var i = 0; i < files.Length; i++)
        {
            lostThrough = Take(files[i].Path, files[i].First, i + 1 < files.Length ? files[i + 1].First : 0, lostThrough);
        }
    }

    // Returns the last record that is told to be lost at the segment's end, 0 when there is none.
    private long Take(string path, long first, long next, long lostThrough)
    {
        var file = openFile(path);
        try
        {
            var bytes = ReadWhole(file);
            var scan = SegmentScan.Of(bytes, first);
            var isLast = next == 0;
            var isCutShort =
                !isLast && scan.Good < bytes.Length && scan.LastSequence + 1 != next && !Explains(next, scan.LastSequence);
            if (scan.Resumes > 0 || isCutShort)
            {
                var gaps = SegmentGap.Of(bytes, first, isCutShort ? next : 0);
                foreach (var gap in gaps)
                {
                    Judge(path, gap, bytes);
                }
                file.Dispose();
                Rewrite(path, first, bytes, gaps);
                file = openFile(path);
                bytes = ReadWhole(file);
                scan = SegmentScan.Of(bytes, first);
            }
            if (scan.Header is not { } header)
            {
                _notes.Add($"{path}: the process died while it made this segment; it holds no record and was removed.");
                file.Dispose();
                File.Delete(path);
                LastSequence = Math.Max(LastSequence, first - 1);
                return 0;
            }
            if (_segments.Count > 0 && header.Previous != LastSequence)
            {
                Connect(path, file, header, first, lostThrough);
            }
            if (scan.Good < bytes.Length)
            {
                // Zeros are room that was reserved and not used.
                var torn = bytes.AsSpan((int)scan.Good).LastIndexOfAnyExcept((byte)0) + 1;
                if (torn > 0)
                {
                    _notes.Add(
                        $"{path}: a torn tail of {torn} bytes at offset {scan.Good} was cut; record {scan.LastSequence + 1} was never acknowledged."
                    );
                }
                file.Truncate(scan.Good);
            }
            _segments.Add(new JournalSegment(path, first, file) { Readable = scan.Good, IsSealed = !isLast });
            LastSequence = Math.Max(LastSequence, scan.LastSequence);
            KeyId = header.KeyId;
            return isCutShort ? next - 1 : 0;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // A segment may begin past the end of the one before when a store had committed further than a power cut left of the journal.
    private bool Explains(long next, long last)
    {
        using var file = openFile(JournalSegment.PathOf(options.Folder, next));
        Span<byte> bytes = stackalloc byte[SegmentHeader.Size];
        var read = file.Read(bytes, 0);
        return SegmentHeader.Read(bytes[..read]) is { } header && header.Previous == last;
    }

    private void Connect(string path, IJournalFile file, SegmentHeader header, long first, long lostThrough)
    {
        if (header.Previous != lostThrough)
        {
            Missing(path, LastSequence + 1, first - 1);
        }
        // What is lost has been told; the next start need not find it again.
        Span<byte> start = stackalloc byte[SegmentHeader.Size];
        (header with { Previous = LastSequence }).Write(start);
        file.Write(start, 0);
    }

    private void Judge(string path, SegmentGap gap, ReadOnlySpan<byte> bytes)
    {
        var lost = gap.First > gap.Last ? "the header" : $"records {gap.First} to {gap.Last}";
        if (options.Durability == Durability.Process && gap.IsLeftByPowerCut(bytes))
        {
            _notes.Add(
                $"{path}: {lost} were lost when the machine lost power; those after them are kept, and the file was set aside as .damaged. Set `durability: power` to lose none."
            );
            return;
        }
        var what = $"{path}: damaged at offset {gap.From}: {lost} cannot be read, and whole records follow.";
        if (!options.Repair)
        {
            throw new JournalDamagedException(
                what
                    + " Restore the file from a backup, or start once with --repair, which keeps every record that can be read, sets the file aside as .damaged and reports the gap."
            );
        }
        _notes.Add(what + " Repaired: they are lost to the ledger; the file was set aside as .damaged.");
    }

    private void Missing(string path, long from, long to)
    {
        var what = $"Records {from} to {to} are missing before {path}: a segment file was removed.";
        if (!options.Repair)
        {
            throw new JournalDamagedException(
                what + " Restore it from a backup, or start once with --repair, which goes on without it and reports the gap."
            );
        }
        _notes.Add(what + " Repaired: the ledger goes on without them.");
    }

    // Everything but the gaps; what follows the last whole record is judged like any segment's end.
    private void Rewrite(string path, long first, ReadOnlySpan<byte> bytes, List<SegmentGap> gaps)
    {
        var temporary = path + ".repair";
        using (var file = openFile(temporary))
        {
            file.Truncate(0);
            Span<byte> header = stackalloc byte[SegmentHeader.Size];
            (SegmentHeader.Read(bytes) ?? new SegmentHeader(options.KeyId, first, LastSequence)).Write(header);
            file.Write(header, 0);
            long at = SegmentHeader.Size;
            long from = SegmentHeader.Size;
            foreach (var gap in gaps)
            {
                at += Copy(file, bytes, from, gap.From, at);
                from = gap.To;
            }
            Copy(file, bytes, from, bytes.Length, at);
            file.Sync();
        }
        // At no moment is there no file of that name.
        File.Copy(path, Unused(path + ".damaged"));
        File.Move(temporary, path, overwrite: true);
        FolderSync.Run(options.Folder);
    }

    private static long Copy(IJournalFile file, ReadOnlySpan<byte> bytes, long from, long to, long at)
    {
        var count = Math.Max(0, to - from);
        if (count > 0)
        {
            file.Write(bytes.Slice((int)from, (int)count), at);
        }
        return count;
    }

    private static string Unused(string path)
    {
        var unused = path;
        for (var number = 2; File.Exists(unused); number++)
        {
            unused = string.Create(CultureInfo.InvariantCulture, $"{path}.{number}");
        }
        return unused;
    }

    private static byte[] ReadWhole(IJournalFile file)
    {
        var bytes = new byte[file.Length];
        var read = 0;
        while (read < bytes.Length)
        {
            var count = file.Read(bytes.AsSpan(read), read);
            if (count == 0)
            {
                break;
            }
            read += count;
        }
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
