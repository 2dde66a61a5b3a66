using Microsoft.Win32.SafeHandles;

namespace Portcullis.Storage.Journal;

/// <summary>A segment file on a real disk.</summary>
internal sealed class JournalFile : IJournalFile
{
    private readonly SafeFileHandle _handle;

    private JournalFile(SafeFileHandle handle) => _handle = handle;

    public long Length => RandomAccess.GetLength(_handle);

    public static IJournalFile Open(string path) =>
        new JournalFile(
            File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)
        );

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public int Read(Span<byte> destination, long offset) => RandomAccess.Read(_handle, destination, offset);

    public void Truncate(long length) => RandomAccess.SetLength(_handle, length);

    public void Sync() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
