using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Portcullis.Storage.Journal;

/// <summary>
/// A stretch at the end of a file, its room reserved and mapped for writing: what is copied into it is in the page cache, and survives the
/// death of the process, without a system call. A store into pages that the file system no longer takes would end the process, so it is asked
/// for them first, and again every second: what it refuses then is no window any more. One thread at a time.
/// </summary>
internal sealed unsafe partial class MappedWindow
{
    /// <summary>Bytes of room taken at a time.</summary>
    public const int Size = 64 * 1024;

    private const int ReadAndWrite = 1 | 2;
    private const int Shared = 1;
    private const int PopulateForWriting = 23;

    // Where reserved room stays the file's own, so that a store into it cannot fail for want of space: not where blocks can be shared by
    // several files and are copied on write, nor over a network.
    private static readonly string[] Kinds = ["ext3", "ext4", "tmpfs"];

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    private long _asked;
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
            // The C library is asked once here for what it may lack.
            _ = Advise(0, 0, PopulateForWriting);
            return Kinds.Contains(new DriveInfo(Path.GetFullPath(folder)).DriveFormat, StringComparer.Ordinal);
        }
        catch (Exception fault)
            when (fault
                    is IOException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or DllNotFoundException
                        or EntryPointNotFoundException
            )
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
        _bytes = (byte*)bytes;
        _start = start;
        return TakesStores();
    }

    /// <summary>Copies the bytes to their place in the file; false when that is outside, or the window closed.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes, long offset)
    {
        if (_bytes == null || offset < _start || offset + bytes.Length > _start + Size)
        {
            return false;
        }
        if (Stopwatch.GetElapsedTime(_asked) >= AskEvery && !TakesStores())
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

    /// <summary>Asks the file system for all pages; false, and the window closed, when it refuses them or the kernel cannot ask (before 5.14).</summary>
    internal bool TakesStores()
    {
        _asked = Stopwatch.GetTimestamp();
        if (Advise((nint)_bytes, Size, PopulateForWriting) == 0)
        {
            return true;
        }
        Close();
        return false;
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
