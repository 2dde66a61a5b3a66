using Portcullis.Gateway;
using Xunit;

namespace Portcullis.Tests.Gateway;

public sealed class CrowdMemoryTests
{
    private readonly CrowdMemory _crowd = new();

    [Fact]
    public void A_crowd_whose_rows_are_given_up_is_told_once()
    {
        Assert.False(_crowd.HasLeft(10, 0, 0));
        Assert.False(_crowd.HasLeft(200_000, 0, 0));
        Assert.False(_crowd.HasLeft(150_000, 0, 0));
        Assert.True(_crowd.HasLeft(0, 0, 0));
        Assert.False(_crowd.HasLeft(0, 0, 0));
    }

    [Fact]
    public void A_crowd_that_comes_again_is_told_again()
    {
        _crowd.HasLeft(100_000, 0, 0);
        Assert.True(_crowd.HasLeft(100, 0, 0));
        _crowd.HasLeft(60_000, 0, 0);
        Assert.True(_crowd.HasLeft(20_000, 0, 0));
    }

    [Fact]
    public void Few_callers_are_no_crowd()
    {
        _crowd.HasLeft(19_999, 0, 0);
        Assert.False(_crowd.HasLeft(0, 0, 0));
    }

    [Fact]
    public void A_crowd_that_asks_no_more_is_told_once()
    {
        Assert.False(_crowd.HasLeft(0, 500_000, 0));
        Assert.False(_crowd.HasLeft(0, 1_000_000, 0));
        Assert.False(_crowd.HasLeft(0, 1_100_000, 0));
        Assert.True(_crowd.HasLeft(0, 1_110_000, 0));
        Assert.False(_crowd.HasLeft(0, 1_110_010, 0));
    }

    [Fact]
    public void Little_traffic_that_ends_is_no_crowd()
    {
        Assert.False(_crowd.HasLeft(0, 19_999, 0));
        Assert.False(_crowd.HasLeft(0, 19_999, 0));
    }

    [Fact]
    public void A_large_heap_is_given_back_once_next_to_nobody_asks()
    {
        Assert.False(_crowd.HasLeft(0, 10, 50));
        Assert.False(_crowd.HasLeft(0, 500, CrowdMemory.Heap + 50));
        Assert.True(_crowd.HasLeft(0, 510, CrowdMemory.Heap + 50));
        Assert.False(_crowd.HasLeft(0, 510, CrowdMemory.Heap + 40));
        Assert.False(_crowd.HasLeft(0, 510, 2 * CrowdMemory.Heap + 39));
        Assert.True(_crowd.HasLeft(0, 510, 2 * CrowdMemory.Heap + 40));
    }
}
