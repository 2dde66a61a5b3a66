using Microsoft.Extensions.Time.Testing;

namespace Portcullis.TestKit;

/// <summary>A virtual clock whose wall time can be set wrong while its monotonic time goes on.</summary>
public sealed class SteppedTimeProvider(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>By how much the wall clock is wrong now.</summary>
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
