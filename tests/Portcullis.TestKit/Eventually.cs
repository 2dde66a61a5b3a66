namespace Portcullis.TestKit;

/// <summary>Waits for something another thread does, up to 20 seconds, for what has no event to wait on.</summary>
public static class Eventually
{
    public static async Task AsyncTrue(Func<bool> condition, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
