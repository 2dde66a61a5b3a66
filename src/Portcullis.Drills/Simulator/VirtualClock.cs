namespace Portcullis.Drills.Simulator;

/// <summary>Time that stands where the simulator puts it: thirty days run in seconds.</summary>
public sealed class VirtualClock : TimeProvider
{
    /// <summary>Every run begins here, a Monday at midnight.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private long _milliseconds;

    public override long TimestampFrequency => 1000;

    /// <summary>Milliseconds since the run began; never set back.</summary>
    public long Now
    {
        get => Volatile.Read(ref _milliseconds);
        set => Volatile.Write(ref _milliseconds, value);
    }

    public override DateTimeOffset GetUtcNow() => Epoch.AddMilliseconds(Now);

    public override long GetTimestamp() => Now;
}
