using System.Runtime.InteropServices;

namespace Portcullis.Storage.Sqlite;

/// <summary>The heap that the database library allocates from.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives freed memory back to the machine, where the C library can be told to: of Linux, the GNU one.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }
        try
        {
            _ = Trim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // Others give memory back by themselves.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
