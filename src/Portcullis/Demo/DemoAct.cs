namespace Portcullis.Demo;

/// <summary>Lets the cast act for a while and samples what is lost.</summary>
internal sealed class DemoAct(string mode, IReadOnlyList<DemoActor> actors, TimeProvider time)
{
    private static readonly TimeSpan Sample = TimeSpan.FromMilliseconds(250);

    private readonly List<DemoPoint> _curve = [new(0, 0)];

    public string Mode { get; } = mode;

    public IReadOnlyList<DemoActor> Actors { get; } = actors;

    public int Lost => Actors.Sum(actor => actor.Loss?.Count ?? 0);

    /// <param name="client">Sends to the gateway.</param>
    /// <param name="length">How long the act takes.</param>
    /// <param name="show">Called at every sample with the seconds so far.</param>
    /// <param name="stop">Ends the act early.</param>
    public async Task<DemoActResult> PlayAsync(
        HttpClient client,
        TimeSpan length,
        Action<DemoAct, double> show,
        CancellationToken stop
    )
    {
        var began = time.GetTimestamp();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var acting = Task.WhenAll(Actors.Select(actor => actor.ActAsync(client, time, end.Token)));
        using var tick = new PeriodicTimer(Sample, time);
        while (time.GetElapsedTime(began) < length && await tick.WaitForNextTickAsync(stop))
        {
            var seconds = time.GetElapsedTime(began).TotalSeconds;
            _curve.Add(new DemoPoint(seconds, Lost));
            show(this, seconds);
        }
        await end.CancelAsync();
        await acting;
        var total = time.GetElapsedTime(began).TotalSeconds;
        _curve.Add(new DemoPoint(total, Lost));
        return new DemoActResult
        {
            Mode = Mode,
            Seconds = total,
            Curve = _curve,
            Actors = [.. Actors.Select(DemoActorResult.Of)],
        };
    }
}
