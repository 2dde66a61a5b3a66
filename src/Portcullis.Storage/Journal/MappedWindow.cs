using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Portcullis.Storage.Journal;

/// <summary>
/// A stretch at the end of a file, its room reserved and mapped for writing: what is copied into it is in the page cache, and survives the
/// death of the process, without a system call. One thread at a time.
/// </summary>
internal sealed unsafe partial class MappedWindow
{
    /// <summary>Bytes of room taken at a time.</summary>
    public const int Size = 64 * 1024;

    private const int ReadAndWrite = 1 | 2;
    private const int Shared = 1;
    private const int PopulateForWriting = 23;

    // Where reserved room stays the file's own, so that a store into it cannot fail for want of space. On others (those that copy on write,
    // or reach over a network) a failed store would end the process.
    private static readonly string[] Kinds = ["ext3", "ext4", "xfs", "tmpfs"];

    private long _start;
    private byte* _bytes;

    /// <summary>True when files of a folder can be written this way.</summary>
    public static bool IsFor(string folder)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return false;
        }
        try
        {
            return Kinds.Contains(new DriveInfo(Path.GetFullPath(folder)).DriveFormat, StringComparer.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Moves to the page of <paramref name="offset"/> and reserves room from there on; false when there is none.</summary>
    public bool TryOpen(SafeFileHandle file, long offset)
    {
        Close();
        var start = offset & ~((long)Environment.SystemPageSize - 1);
        if (Reserve(file, start, Size) != 0)
        {
            return false;
        }
        var bytes = Map(0, Size, ReadAndWrite, Shared, file, start);
        if (bytes == -1)
        {
            return false;
        }
        // All pages at once cost less than one fault for each. Not done by an old kernel, and then done by the faults.
        _ = Advise(bytes, Size, PopulateForWriting);
        _bytes = (byte*)bytes;
        _start = start;
        return true;
    }

    /// <summary>Copies the bytes to their place in the file; false when that is outside, or the window closed.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_bytes == null || offset < _start || offset + bytes.Length > _start + Size)
        {
            return false;
        }
        bytes.CopyTo(new Span<byte>(_bytes + (offset - _start), bytes.Length));
        return true;
    }

    public void Close()
    {
        if (_bytes != null)
        {
            _ = Unmap((nint)_bytes, Size);
            _bytes = null;
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_fallocate")]
    private static partial int Reserve(SafeFileHandle file, long offset, long length);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileHandle file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nuint length, int advice);
}
