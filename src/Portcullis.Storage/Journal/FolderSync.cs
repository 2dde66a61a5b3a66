using System.Runtime.InteropServices;

namespace Portcullis.Storage.Journal;

/// <summary>Makes the names in a folder survive a power cut; a no-op where folders cannot be synced (Windows).</summary>
internal static partial class FolderSync
{
    private const int ReadOnly = 0;

    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw new IOException($"{folder} could not be opened to sync it (error {Marshal.GetLastPInvokeError()}).");
        }
        var result = Fsync(descriptor);
        var error = Marshal.GetLastPInvokeError();
        _ = Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"{folder} could not be synced (error {error}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
