using Microsoft.Extensions.Hosting;
using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>Gives up the memory of networks that have gone quiet, every minute while the application runs.</summary>
internal sealed class SweepService(GateState state, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                state.Sweep();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }
}
