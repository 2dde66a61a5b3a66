using Portcullis.Gateway;
using Xunit;

namespace Portcullis.Tests.Gateway;

public sealed class CrowdMemoryTests
{
    private readonly CrowdMemory _crowd = new();

    [Fact]
    public void A_crowd_that_leaves_is_told_once()
    {
        Assert.False(_crowd.HasLeft(10));
        Assert.False(_crowd.HasLeft(200_000));
        Assert.False(_crowd.HasLeft(150_000));
        Assert.True(_crowd.HasLeft(0));
        Assert.False(_crowd.HasLeft(0));
    }

    [Fact]
    public void A_crowd_that_comes_again_is_told_again()
    {
        _crowd.HasLeft(100_000);
        Assert.True(_crowd.HasLeft(100));
        _crowd.HasLeft(60_000);
        Assert.True(_crowd.HasLeft(20_000));
    }

    [Fact]
    public void Few_callers_are_no_crowd()
    {
        _crowd.HasLeft(19_999);
        Assert.False(_crowd.HasLeft(0));
    }
}
