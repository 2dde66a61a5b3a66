using System.Globalization;
using System.Runtime.InteropServices;

namespace Portcullis.Commands;

/// <summary>The terminal was closed: a command ends as cleanly as at Ctrl-C, unless it was started to outlive its terminal (<c>nohup</c>).</summary>
internal static class HangUp
{
    private const string Ignored = "SigIgn:";

    public static IDisposable? WatchFor(Action stop) =>
        OperatingSystem.IsWindows() || IsIgnored()
            ? null
            : PosixSignalRegistration.Create(
                PosixSignal.SIGHUP,
                signal =>
                {
                    signal.Cancel = true;
                    stop();
                }
            );

    // Linux says which signals a process was started to ignore; SIGHUP is the first.
    private static bool IsIgnored()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status))
        {
            return false;
        }
        foreach (var line in File.ReadLines(Status))
        {
            if (line.StartsWith(Ignored, StringComparison.Ordinal))
            {
                var signals = ulong.Parse(
                    line.AsSpan(Ignored.Length).Trim(),
                    NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture
                );
                return (signals & 1) != 0;
            }
        }
        return false;
    }
}
