using System.Diagnostics;

namespace Portcullis.Strangers;

/// <summary>Resident memory of this process, watched from a thread of its own.</summary>
internal sealed class ResidentMemory : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;
    private long _most;

    public ResidentMemory() => _watching = WatchAsync();

    public static double NowMiB => MiB(Now());

    public double MostMiB => MiB(Math.Max(Volatile.Read(ref _most), Now()));

    public void Dispose()
    {
        _stop.Cancel();
        _watching.GetAwaiter().GetResult();
        _stop.Dispose();
    }

    private static long Now()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static double MiB(long bytes) => bytes / (1024.0 * 1024.0);

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Volatile.Write(ref _most, Math.Max(_most, Now()));
            await Task.Delay(Interval, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
