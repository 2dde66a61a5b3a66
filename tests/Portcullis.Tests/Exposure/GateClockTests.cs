using Microsoft.Extensions.Time.Testing;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Exposure;

public sealed class GateClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Goes_on_from_the_latest_record_when_the_wall_clock_stands_earlier()
    {
        var record = Start.AddDays(1).ToUnixTimeMilliseconds();

        Assert.Equal(record, new GateClock(new FakeTimeProvider(Start), record).Now);
    }

    [Fact]
    public void Never_runs_backwards()
    {
        var time = new SteppedTimeProvider(Start);
        var clock = new GateClock(time);
        var last = clock.Now;
        for (var i = 0; i < 1000; i++)
        {
            time.Advance(TimeSpan.FromSeconds(i % 97));
            if (i % 50 == 0)
            {
                time.Step += TimeSpan.FromDays(i % 100 == 0 ? 1 : -1);
            }
            var now = clock.Now;
            Assert.True(now >= last);
            last = now;
        }
    }

    [Fact]
    public void Follows_a_drifting_wall_clock_slowly()
    {
        var time = new SteppedTimeProvider(Start);
        var clock = new GateClock(time);
        time.Step = TimeSpan.FromSeconds(10);
        for (var minute = 0; minute < 1000; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(2));
            _ = clock.Now;
        }

        Assert.InRange(clock.WallNow - clock.Now, -200, 200);
    }
}
