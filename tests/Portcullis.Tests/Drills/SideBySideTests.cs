using Portcullis.Drills.Replay;
using Xunit;

namespace Portcullis.Tests.Drills;

/// <summary>Work on several threads gives the same results in the same order as on one.</summary>
public sealed class SideBySideTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void Results_come_in_the_order_of_the_work(int threads)
    {
        Func<int>[] work = [.. Enumerable.Range(0, 20).Select(number => (Func<int>)(() => number))];

        Assert.Equal(Enumerable.Range(0, 20), SideBySide.Run(work, threads));
    }

    [Fact]
    public void Two_are_at_work_at_once()
    {
        // Each waits for the other: on one thread it would never end.
        using var both = new Barrier(2);
        Func<bool> meet = () => both.SignalAndWait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal([true, true], SideBySide.Run([meet, meet], 2));
    }

    [Fact]
    public void A_fault_comes_in_its_turn_as_it_was()
    {
        var seen = new List<int>();
        Func<int>[] work = [() => 1, () => throw new InvalidDataException("broken"), () => 3];

        var fault = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (var result in SideBySide.Run(work, 2))
            {
                seen.Add(result);
            }
        });

        Assert.Equal("broken", fault.Message);
        Assert.Equal([1], seen);
    }

    [Fact]
    public void Who_asks_for_no_more_leaves_no_work_going_on()
    {
        var (begun, done) = (0, 0);
        Func<int> slow = () =>
        {
            Interlocked.Increment(ref begun);
            Thread.Yield();
            return Interlocked.Increment(ref done);
        };

        Assert.Equal(0, SideBySide.Run([() => 0, .. Enumerable.Repeat(slow, 100_000)], 2).First());

        Assert.Equal(begun, done);
    }
}
