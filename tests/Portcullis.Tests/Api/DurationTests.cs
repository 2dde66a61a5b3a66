using Portcullis.Api;
using Xunit;

namespace Portcullis.Tests.Api;

/// <summary>Times as operators write them.</summary>
public sealed class DurationTests
{
    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("12h", 43_200)]
    [InlineData("7d", 604_800)]
    public void Reads_a_number_and_a_unit(string text, long seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromSeconds(seconds), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("15")]
    [InlineData("-15m")]
    [InlineData("1.5h")]
    [InlineData("15 m")]
    [InlineData("7w")]
    [InlineData("99999999999999999d")]
    public void Takes_nothing_else(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void Nothing_given_never_ends() => Assert.Equal(long.MaxValue, Duration.EndOf(null, 5, "until"));

    [Fact]
    public void A_moment_without_a_zone_is_utc() =>
        Assert.Equal(1_893_456_000_000, Duration.EndOf("2030-01-01T00:00:00", 0, "until"));

    [Theory]
    [InlineData("0s")]
    [InlineData("0d")]
    public void No_time_at_all_is_refused(string text) => Assert.Throws<AdminProblem>(() => Duration.EndOf(text, 1, "until"));

    [Fact]
    public void A_moment_that_has_passed_is_refused() =>
        Assert.Throws<AdminProblem>(() => Duration.EndOf("1970-01-01T00:00:00Z", 1, "until"));

    [Theory]
    [InlineData("7d")]
    [InlineData("36h")]
    [InlineData("90m")]
    [InlineData("1s")]
    public void Writes_the_largest_unit_that_divides(string text)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(text, Duration.Text(duration));
    }
}
