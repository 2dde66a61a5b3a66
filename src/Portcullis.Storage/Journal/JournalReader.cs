namespace Portcullis.Storage.Journal;

/// <summary>Follows a journal from one sequence number on, while it is written. One thread at a time.</summary>
public sealed class JournalReader : IDisposable
{
    private const int ChunkSize = 256 * 1024;
    private const int BufferedLook = 20;

    private readonly FileJournal _journal;
    private byte[] _buffer = new byte[ChunkSize];
    private JournalSegment? _segment;
    private long _offset;
    private int _start;
    private int _end;
    private long _passed;

    internal JournalReader(FileJournal journal, long after)
    {
        _journal = journal;
        Position = after;
        _passed = after;
    }

    /// <summary>Sequence of the latest record returned.</summary>
    public long Position { get; private set; }

    /// <summary>Everything up to here may be deleted as far as this reader is concerned.</summary>
    public long Passed
    {
        get => Volatile.Read(ref _passed);
        set
        {
            Volatile.Write(ref _passed, value);
            _journal.Advanced();
        }
    }

    /// <summary>The next record, if there is one now.</summary>
    /// <param name="record">Valid until the next call.</param>
    /// <exception cref="JournalDamagedException">The file no longer holds what was written.</exception>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        while (true)
        {
            if (_end - _start < JournalFrame.HeaderSize && !Fill(JournalFrame.HeaderSize))
            {
                if (Next())
                {
                    continue;
                }
                record = default;
                return false;
            }
            if (!JournalFrame.TryRead(_buffer.AsSpan(_start, _end - _start), out var sequence, out var size))
            {
                if (size > _end - _start && Fill(size))
                {
                    continue;
                }
                throw new JournalDamagedException(
                    $"{_segment!.Path}: the record after {Position} at offset {_offset - (_end - _start)} no longer reads as it was written. Check the disk; restore the file from a backup or start with --repair."
                );
            }
            record = _buffer.AsSpan(_start + JournalFrame.HeaderSize, size - JournalFrame.HeaderSize);
            _start += size;
            if (sequence > Position)
            {
                Position = sequence;
                return true;
            }
        }
    }

    /// <summary>Waits for a record after <see cref="Position"/>.</summary>
    /// <returns>True when there is one; false when the time is over.</returns>
    public bool Wait(TimeSpan timeout)
    {
        if (!_journal.IsBuffered)
        {
            return _journal.Readers.Wait(this, static reader => reader.HasMore, (int)timeout.TotalMilliseconds);
        }
        // A buffering writer wakes nobody for single records: look at its buffer from time to time.
        for (var rest = timeout.TotalMilliseconds; rest > 0; rest -= BufferedLook)
        {
            _journal.Flush();
            if (_journal.Readers.Wait(this, static reader => reader.HasMore, BufferedLook))
            {
                _journal.Flush();
                return true;
            }
        }
        return false;
    }

    public void Dispose()
    {
        _journal.Readers.Remove(this);
        _journal.Advanced();
    }

    private bool HasMore => _journal.LastSequence > Position;

    // Makes at least so many bytes available from _start on; false when the segment does not hold them.
    private bool Fill(int size)
    {
        if (_segment is null)
        {
            return false;
        }
        var rest = _end - _start;
        if (_offset + size - rest > _segment.Readable)
        {
            return false;
        }
        _buffer.AsSpan(_start, rest).CopyTo(_buffer);
        _start = 0;
        _end = rest;
        if (_buffer.Length < size)
        {
            Array.Resize(ref _buffer, size);
        }
        while (_end < size)
        {
            var most = (int)Math.Min(_buffer.Length - _end, _segment.Readable - _offset);
            var read = _segment.File.Read(_buffer.AsSpan(_end, most), _offset);
            if (read == 0)
            {
                return false;
            }
            _end += read;
            _offset += read;
        }
        return true;
    }

    // Goes to the segment after the current one, once that is read to its end.
    private bool Next()
    {
        var segments = _journal.Segments;
        if (_segment is null)
        {
            var first = segments[0];
            foreach (var segment in segments)
            {
                first = segment.FirstSequence <= Position + 1 ? segment : first;
            }
            return Enter(first);
        }
        // Sealed is read before Readable: a segment's last frames are readable before it is sealed.
        if (!_segment.IsSealed || _offset - (_end - _start) < _segment.Readable)
        {
            return false;
        }
        foreach (var segment in segments)
        {
            var replaces = segment.FirstSequence == _segment.FirstSequence && segment != _segment;
            if (segment.FirstSequence > _segment.FirstSequence || replaces)
            {
                return Enter(segment);
            }
        }
        return false;
    }

    private bool Enter(JournalSegment segment)
    {
        _segment = segment;
        _offset = SegmentHeader.Size;
        _start = _end = 0;
        return true;
    }
}
