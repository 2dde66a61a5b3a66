using System.Text;
using Portcullis.Drills.Oracle;
using Portcullis.Drills.Simulator;
using Xunit;

namespace Portcullis.Tests.Drills;

public sealed class HonestTallyTests
{
    private readonly HonestTally _tally = new(2);

    [Theory]
    [InlineData(403, "{\"a\":1}")]
    [InlineData(200, "{\"a\":\"*\"}")]
    [InlineData(200, "{\"a\":1} ")]
    [InlineData(200, "")]
    public void Counts_any_deviation_as_denied(int status, string body)
    {
        See(caller: 1, at: 0, status, body);

        Assert.Equal(1, _tally.Denied);
    }

    [Fact]
    public void Counts_an_untouched_answer_as_served()
    {
        See(caller: 1, at: 0, 200, "{\"a\":1}");

        Assert.Equal((1, 0), (_tally.Requests, _tally.Denied));
    }

    [Fact]
    public void Measures_a_lockout_from_the_first_denial_to_the_next_answer()
    {
        See(caller: 1, at: 1_000, 403, "");
        See(caller: 1, at: 5_000, 403, "");
        See(caller: 1, at: 9_000, 200, "{\"a\":1}");

        Assert.Equal(8_000, _tally.LongestLockout(end: 100_000));
    }

    [Fact]
    public void Measures_a_lockout_that_never_ends_to_the_end_of_the_run()
    {
        See(caller: 1, at: 1_000, 403, "");

        Assert.Equal(99_000, _tally.LongestLockout(end: 100_000));
    }

    [Theory]
    [InlineData(0, 30_000, 9.985e-5)]
    [InlineData(0, 1_000, 2.991e-3)]
    [InlineData(3, 100, 0.07571)]
    [InlineData(10, 100, 0.16372)]
    [InlineData(50, 100, 0.58626)]
    public void Bounds_a_rate_exactly(long events, long trials, double bound) =>
        Assert.Equal(bound, ClopperPearson.Upper95(events, trials), bound * 1e-3);

    private void See(int caller, long at, int status, string body) =>
        _tally.Observe(
            new SimulatedRequest
            {
                Role = 0,
                Caller = caller,
                At = at,
            },
            new SimulatedAnswer { Status = status, Body = Encoding.UTF8.GetBytes(body) },
            new SimulatedAnswer { Status = 200, Body = "{\"a\":1}"u8.ToArray() }
        );
}
