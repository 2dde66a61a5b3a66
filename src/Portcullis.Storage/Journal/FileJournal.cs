using Portcullis.Core.Journal;

namespace Portcullis.Storage.Journal;

/// <summary>
/// The journal on disk: segment files to which each record is written before it is acknowledged, so that it survives the death of the
/// process. A write that fails or falls short is cut off again and leaves the journal as it was. Readers follow in process without polling.
/// </summary>
public sealed class FileJournal : IJournal, IDisposable
{
    private const int BufferedBytes = 1 << 20;

    // A monitor, not a Lock: a drill's writer waits on it for its readers.
    private readonly object _gate = new();
    private readonly JournalOptions _options;
    private readonly Func<string, IJournalFile> _openFile;
    private readonly GroupCommit? _commit;
    private readonly Lock _syncing = new();
    private readonly ReaderSet _readers = new();
    private JournalSegment[] _segments;
    private byte[] _buffer = new byte[16 * 1024];
    private int _buffered;
    private long _offset;
    private long _last;
    private bool _hasRemainder;
    private bool _isClosed;

    private FileJournal(JournalOptions options, Func<string, IJournalFile> openFile, JournalOpening opening)
    {
        _options = options;
        _openFile = openFile;
        _segments = opening.Segments;
        _last = Math.Max(opening.LastSequence, options.UsedSequence);
        if (_segments.Length == 0 || options.UsedSequence > opening.LastSequence || opening.KeyId != options.KeyId)
        {
            Roll(opening.LastSequence);
        }
        _offset = _segments[^1].Readable;
        Report = new JournalReport(_segments[0].FirstSequence, _last, opening.Notes);
        if (options.Durability == Durability.Power)
        {
            _commit = new GroupCommit(Sync);
        }
    }

    /// <summary>What opening found.</summary>
    public JournalReport Report { get; }

    public long LastSequence => Volatile.Read(ref _last);

    /// <summary>Bytes of all segments on disk.</summary>
    public long DiskBytes => Volatile.Read(ref _segments).Sum(segment => segment.Readable);

    internal bool IsBuffered => _options.Durability == Durability.Buffered;

    internal JournalSegment[] Segments => Volatile.Read(ref _segments);

    internal ReaderSet Readers => _readers;

    /// <summary>Opens the journal of a folder, or begins one.</summary>
    /// <exception cref="JournalDamagedException">A record in the middle cannot be read.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static FileJournal Open(JournalOptions options) =>
        Open(options, options.Durability == Durability.Process ? JournalFile.OpenMapped : JournalFile.Open);

    internal static FileJournal Open(JournalOptions options, Func<string, IJournalFile> openFile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SegmentSize, 1024);
        Directory.CreateDirectory(options.Folder);
        var opening = new JournalOpening(options, openFile);
        opening.Run();
        return new FileJournal(options, openFile, opening);
    }

    public long Append(ReadOnlySpan<byte> record)
    {
        if (record.Length is 0 or > JournalFrame.MaxPayload)
        {
            throw new IOException($"A journal record has 1 to {JournalFrame.MaxPayload} bytes, this one {record.Length}.");
        }
        var sequence = _last + 1;
        var size = JournalFrame.HeaderSize + record.Length;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (
                _segments[^1].IsSuspect
                || (_offset + _buffered + size > _options.SegmentSize && _offset + _buffered > SegmentHeader.Size)
            )
            {
                CheckSpace();
                FlushBuffer();
                Roll(_last);
            }
            if (_options.Durability == Durability.Buffered)
            {
                if (_buffered + size > BufferedBytes)
                {
                    FlushBuffer();
                }
                Reserve(_buffered + size);
                JournalFrame.Write(_buffer.AsSpan(_buffered), sequence, record);
                _buffered += size;
                Volatile.Write(ref _last, sequence);
                return sequence;
            }
            Reserve(size);
            JournalFrame.Write(_buffer, sequence, record);
            Put(_buffer.AsSpan(0, size));
            Volatile.Write(ref _last, sequence);
        }
        _readers.Wake();
        return sequence;
    }

    public ValueTask WaitDurable(long sequence, CancellationToken cancellation) =>
        _commit is null || sequence <= 0 ? ValueTask.CompletedTask : _commit.Wait(sequence, cancellation);

    /// <summary>A reader of everything after a sequence number. Until disposed it keeps the segments that it has not passed.</summary>
    public JournalReader ReadAfter(long sequence)
    {
        lock (_gate)
        {
            var reader = new JournalReader(this, sequence);
            _readers.Add(reader);
            return reader;
        }
    }

    /// <summary>Deletes whole segments up to a sequence number, as far as every reader has passed them; never the one being written.</summary>
    /// <returns>How many were deleted.</returns>
    public int DeleteThrough(long sequence)
    {
        lock (_gate)
        {
            return DeletePassed(Math.Min(sequence, _readers.Passed));
        }
    }

    /// <summary>Hands buffered records to the readers; nothing to do unless the durability is <see cref="Durability.Buffered"/>.</summary>
    public void Flush()
    {
        if (_options.Durability != Durability.Buffered)
        {
            return;
        }
        lock (_gate)
        {
            if (!_isClosed)
            {
                FlushBuffer();
            }
        }
        _readers.Wake();
    }

    public void Dispose()
    {
        _commit?.Dispose();
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }
            FlushBuffer();
            _isClosed = true;
            foreach (var segment in _segments)
            {
                segment.File.Dispose();
            }
        }
        _readers.Wake();
    }

    /// <summary>A reader moved on: a writer that waits for disk space looks again.</summary>
    internal void Advanced()
    {
        if (_options.Durability == Durability.Buffered)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        var segment = _segments[^1];
        try
        {
            if (_hasRemainder)
            {
                segment.File.Truncate(_offset);
                _hasRemainder = false;
            }
            segment.File.Write(bytes, _offset);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _hasRemainder = true;
            try
            {
                segment.File.Truncate(_offset);
                _hasRemainder = false;
            }
            catch (Exception second) when (second is IOException or UnauthorizedAccessException)
            {
                // Cut before the next append instead; a start in between cuts it as a torn tail.
            }
            throw new IOException($"The journal {segment.Path} could not be written: {fault.Message}", fault);
        }
        _offset += bytes.Length;
        segment.Readable = _offset;
    }

    private void FlushBuffer()
    {
        if (_buffered > 0)
        {
            Put(_buffer.AsSpan(0, _buffered));
            _buffered = 0;
        }
    }

    private void Roll(long previous)
    {
        if (_options.Durability == Durability.Buffered)
        {
            WaitForSpace();
        }
        var path = JournalSegment.PathOf(_options.Folder, _last + 1);
        IJournalFile? file = null;
        try
        {
            if (_segments.Length > 0 && _options.Durability == Durability.Power && !_segments[^1].IsSuspect)
            {
                SyncFile(_segments[^1]);
            }
            file = _openFile(path);
            file.Truncate(0);
            Span<byte> header = stackalloc byte[SegmentHeader.Size];
            new SegmentHeader(_options.KeyId, _last + 1, previous).Write(header);
            file.Write(header, 0);
            if (_options.Durability == Durability.Power)
            {
                file.Sync();
                FolderSync.Run(_options.Folder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            File.Delete(path);
            throw new IOException($"The journal segment {path} could not be made: {fault.Message}", fault);
        }
        var before = _segments;
        // An empty segment whose successor begins at the same sequence has the same path and is replaced by it.
        Volatile.Write(
            ref _segments,
            [.. before.Where(segment => segment.Path != path), new JournalSegment(path, _last + 1, file)]
        );
        foreach (var segment in before)
        {
            segment.IsSealed = true;
        }
        _offset = SegmentHeader.Size;
        _hasRemainder = false;
        if (before.Length > 0)
        {
            if (before[^1].IsSuspect)
            {
                _commit?.GiveUp(_last);
            }
            before[^1].File.Seal();
        }
    }

    private void CheckSpace()
    {
        if (DiskBytes + _options.SegmentSize > _options.MaxBytes)
        {
            DeletePassed(_readers.Passed);
        }
        if (DiskBytes + _options.SegmentSize > _options.MaxBytes)
        {
            throw new IOException(
                $"The journal in {_options.Folder} holds {DiskBytes} bytes of at most {_options.MaxBytes}, because a store cannot follow. See why in `portcullis status`."
            );
        }
    }

    private void WaitForSpace()
    {
        while (true)
        {
            DeletePassed(_readers.Passed);
            if (DiskBytes < _options.BufferedDiskBytes || _segments.Length < 2)
            {
                return;
            }
            _readers.Wake();
            Monitor.Wait(_gate);
        }
    }

    private int DeletePassed(long sequence)
    {
        var segments = _segments;
        var passed = 0;
        while (passed + 1 < segments.Length && segments[passed + 1].FirstSequence - 1 <= sequence)
        {
            passed++;
        }
        if (passed > 0)
        {
            Volatile.Write(ref _segments, segments[passed..]);
            foreach (var segment in segments.AsSpan(0, passed))
            {
                segment.File.Dispose();
                File.Delete(segment.Path);
            }
        }
        return passed;
    }

    private long Sync()
    {
        JournalSegment segment;
        long last;
        lock (_gate)
        {
            segment = _segments[^1];
            last = _last;
        }
        SyncFile(segment);
        return last;
    }

    private void SyncFile(JournalSegment segment)
    {
        lock (_syncing)
        {
            if (segment.IsSuspect)
            {
                throw new IOException(
                    $"The journal {segment.Path} could not be made durable before, so what it holds cannot be now."
                );
            }
            try
            {
                segment.File.Sync();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                segment.IsSuspect = true;
                throw;
            }
        }
    }

    private void Reserve(int size)
    {
        if (_buffer.Length < size)
        {
            Array.Resize(ref _buffer, Math.Max(size, Math.Min(_buffer.Length * 2, BufferedBytes + (1 << 16))));
        }
    }
}
