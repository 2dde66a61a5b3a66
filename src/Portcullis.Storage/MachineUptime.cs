using System.Globalization;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage;

/// <summary>Reads the machine's uptime where the system tells it (Linux); elsewhere there is none and the wall clock is believed.</summary>
public static class MachineUptime
{
    public static Uptime? Read()
    {
        try
        {
            var boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
            var seconds = File.ReadAllText("/proc/uptime").Split(' ')[0];
            return double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var up)
                ? new Uptime(boot, (long)(up * 1000))
                : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
