using Microsoft.Win32.SafeHandles;

namespace Portcullis.Storage.Journal;

/// <summary>A segment file on a real disk.</summary>
internal sealed class JournalFile : IJournalFile
{
    private readonly SafeFileHandle _handle;
    private bool _isMapped;
    private readonly MappedWindow _window = new();
    private long _end;
    private bool _hasRoom;

    private JournalFile(SafeFileHandle handle, bool isMapped)
    {
        _handle = handle;
        _isMapped = isMapped;
        _end = RandomAccess.GetLength(handle);
    }

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>A file that is written by system calls.</summary>
    public static IJournalFile Open(string path) => Open(path, isMapped: false);

    /// <summary>A file that is written through its pages in memory where that is safe; while open it may be longer than what is in it.</summary>
    public static IJournalFile OpenMapped(string path) => Open(path, MappedWindow.IsFor(Path.GetDirectoryName(path)!));

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!_window.TryWrite(bytes, offset) && !TryWriteNext(bytes, offset))
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        _end = Math.Max(_end, offset + bytes.Length);
    }

    public int Read(Span<byte> destination, long offset) => RandomAccess.Read(_handle, destination, offset);

    public void Truncate(long length)
    {
        _window.Close();
        RandomAccess.SetLength(_handle, length);
        _end = length;
        _hasRoom = false;
    }

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Seal()
    {
        _isMapped = false;
        _window.Close();
        if (!_hasRoom)
        {
            return;
        }
        _hasRoom = false;
        try
        {
            RandomAccess.SetLength(_handle, _end);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next opening gives it back.
        }
    }

    public void Dispose()
    {
        if (!_handle.IsClosed)
        {
            Seal();
        }
        _handle.Dispose();
    }

    private static JournalFile Open(string path, bool isMapped) =>
        new(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), isMapped);

    private bool TryWriteNext(ReadOnlySpan<byte> bytes, long offset)
    {
        if (!_isMapped || bytes.Length > MappedWindow.Size / 2)
        {
            return false;
        }
        _hasRoom = true;
        // No room for a whole window: what there is, is used record by record.
        _isMapped = _window.TryOpen(_handle, offset);
        return _window.TryWrite(bytes, offset);
    }
}
