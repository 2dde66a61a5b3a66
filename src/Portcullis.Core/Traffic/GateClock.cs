namespace Portcullis.Core.Traffic;

/// <summary>
/// Gate time: milliseconds since the Unix epoch, anchored to the wall clock once and then advanced by the monotonic clock, so that a
/// stepped wall clock neither refunds budgets nor lets them expire early. It follows the wall clock by at most 0.1 % of elapsed time
/// (43 s a month of drift is more than any clock has) and never runs backwards.
/// </summary>
public sealed class GateClock
{
    private const long AnchorAfterMilliseconds = 60_000;
    private const int SlewPerThousand = 1;

    private readonly TimeProvider _provider;
    private readonly Func<Uptime?>? _uptime;
    private readonly double _millisecondsPerTick;
    private Anchor _anchor;
    private long _now;

    /// <param name="provider">Source of all time.</param>
    /// <param name="notBefore">Time of the latest journal record; time goes on from there if the wall clock stands earlier.</param>
    /// <param name="start">Gate time to begin at; the wall clock's unless given.</param>
    /// <param name="uptime">The machine's uptime, recorded so that the next start can tell a stepped wall clock.</param>
    public GateClock(TimeProvider provider, long notBefore = 0, long? start = null, Func<Uptime?>? uptime = null)
    {
        _provider = provider;
        _uptime = uptime;
        _now = Math.Max(start ?? WallNow, notBefore);
        _millisecondsPerTick = 1000.0 / provider.TimestampFrequency;
        _anchor = new Anchor(provider.GetTimestamp(), _now);
    }

    /// <summary>The machine's uptime now; null where it is not known.</summary>
    public Uptime? Uptime => _uptime?.Invoke();

    /// <summary>The wall clock, for credentials whose lifetimes others issued.</summary>
    public long WallNow => _provider.GetUtcNow().ToUnixTimeMilliseconds();

    public long Now
    {
        get
        {
            var anchor = Volatile.Read(ref _anchor);
            var elapsed = (long)((_provider.GetTimestamp() - anchor.Ticks) * _millisecondsPerTick);
            var now = anchor.Milliseconds + elapsed;
            if (elapsed > AnchorAfterMilliseconds)
            {
                var slew = Math.Max(1, elapsed * SlewPerThousand / 1000);
                now += Math.Clamp(WallNow - now, -slew, slew);
                Interlocked.CompareExchange(ref _anchor, new Anchor(_provider.GetTimestamp(), now), anchor);
            }
            return NotBackwards(now);
        }
    }

    private long NotBackwards(long now)
    {
        var seen = Volatile.Read(ref _now);
        while (now > seen)
        {
            var before = Interlocked.CompareExchange(ref _now, now, seen);
            if (before == seen)
            {
                return now;
            }
            seen = before;
        }
        return seen;
    }

    private sealed record Anchor(long Ticks, long Milliseconds);
}
