using Microsoft.Win32.SafeHandles;

namespace Portcullis.Storage.Journal;

/// <summary>A segment file on a real disk.</summary>
internal sealed class JournalFile : IJournalFile
{
    private readonly SafeFileHandle _handle;
    private bool _isMapped;
    private MappedWindow? _window;
    private long _end;
    private bool _hasRoom;

    private JournalFile(SafeFileHandle handle, bool isMapped)
    {
        _handle = handle;
        _isMapped = isMapped;
    }

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>A file that is written by system calls.</summary>
    public static IJournalFile Open(string path) => Open(path, isMapped: false);

    /// <summary>A file that is written through its pages in memory where that is safe; while open it may be longer than what is in it.</summary>
    public static IJournalFile OpenMapped(string path) => Open(path, MappedWindow.IsFor(Path.GetDirectoryName(path)!));

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_window?.TryWrite(bytes, offset) != true && !TryWriteNext(bytes, offset))
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        _end = Math.Max(_end, offset + bytes.Length);
    }

    public int Read(Span<byte> destination, long offset) => RandomAccess.Read(_handle, destination, offset);

    public void Truncate(long length)
    {
        CloseWindow();
        RandomAccess.SetLength(_handle, length);
        _end = length;
        _hasRoom = false;
    }

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Seal()
    {
        _isMapped = false;
        CloseWindow();
        if (!_hasRoom)
        {
            return;
        }
        _hasRoom = false;
        try
        {
            RandomAccess.SetLength(_handle, _end);
        }
        catch (IOException)
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
        CloseWindow();
        _hasRoom = true;
        _window = MappedWindow.TryOpen(_handle, offset);
        // No room for a whole window: what there is, is used record by record.
        _isMapped = _window is not null;
        return _window?.TryWrite(bytes, offset) == true;
    }

    private void CloseWindow()
    {
        _window?.Dispose();
        _window = null;
    }
}
