using System.Text.RegularExpressions;
using Portcullis.Demo;
using Xunit;

namespace Portcullis.Tests.Demo;

/// <summary>The report of the demo as a file that is sent to somebody.</summary>
public sealed partial class DemoReportTests
{
    private static readonly DemoResult Result = new(20_000, Act("monitor", 5_213, 0), Act("enforce", 250, 212), "report.html");
    private static readonly string Html = DemoReport.Render(
        Result,
        new DateTimeOffset(2026, 3, 4, 15, 6, 0, TimeSpan.Zero),
        "1.2.3"
    );

    [Fact]
    public void Needs_no_network()
    {
        Assert.DoesNotContain("http://", Html);
        Assert.DoesNotContain("https://", Html);
        Assert.DoesNotContain("<script src", Html);
        Assert.DoesNotContain("<link", Html);
        Assert.Contains("data:font/woff2;base64,d09GMg", Html);
    }

    [Fact]
    public void Leads_with_what_was_lost_without_and_with()
    {
        Assert.Contains("<span class=\"from\">5,213</span>", Html);
        Assert.Contains("<span class=\"to\">250</span>", Html);
    }

    [Fact]
    public void Leaves_no_placeholder() => Assert.DoesNotMatch(Placeholder(), Html);

    [Fact]
    public void Says_how_many_honest_requests_were_refused()
    {
        Assert.Contains("None was refused", Html);
        var harsh = Result with { With = Act("enforce", 250, 212, honestRefused: 3) };
        Assert.Contains("3 of them were refused", DemoReport.Render(harsh, DateTimeOffset.UnixEpoch, "1.2.3"));
    }

    [Fact]
    public void Names_are_text_never_markup() => Assert.Contains("A &lt;thief&gt; &amp; co", Html);

    [Fact]
    public void Both_curves_end_at_what_was_lost()
    {
        Assert.Contains(">5,213 without</text>", Html);
        Assert.Contains(">250 with</text>", Html);
    }

    [Fact]
    public void Axes_say_what_they_count()
    {
        Assert.Contains(">people’s records lost, in all</text>", Html);
        Assert.Contains(">seconds since the attacks began</text>", Html);
    }

    [Fact]
    public void The_curve_is_told_to_whoever_does_not_see_it()
    {
        Assert.Contains("role=\"img\" aria-label=\"Two curves over 16 seconds", Html);
        Assert.Contains("Without the gateway 5,213 people's records were lost", Html);
        Assert.Contains("<td class=\"n\">16 s</td><td class=\"n without\">5,213</td><td class=\"n with\">250</td>", Html);
    }

    [Fact]
    public void Names_at_the_ends_of_two_curves_that_meet_stand_apart()
    {
        var chart = LossChart.Draw(Act("monitor", 250, 0), Act("enforce", 250, 0));
        var heights = EndLabel().Matches(chart).Select(match => double.Parse(match.Groups[1].Value)).ToArray();

        Assert.True(heights[1] - heights[0] >= 15, $"{heights[0]} and {heights[1]}");
    }

    private static DemoActResult Act(string mode, int lost, int refused, int honestRefused = 0) =>
        new()
        {
            Mode = mode,
            Seconds = 16,
            Curve =
            [
                .. Enumerable
                    .Range(0, 65)
                    .Select(i => new DemoPoint(i / 4.0, (int)(lost * Math.Min(1, i / (mode == "enforce" ? 6.0 : 64))))),
            ],
            Actors = [Actor("A <thief> & co", lost, refused), Actor("12 customers", null, honestRefused)],
        };

    private static DemoActorResult Actor(string name, int? lost, int refused) =>
        new()
        {
            Name = name,
            Request = "GET /accounts/{accountId}",
            Story = "reads accounts",
            IsAttacker = lost is not null,
            Sent = 1_760,
            Refused = refused,
            Failed = 0,
            FirstRefused = refused > 0 ? 1 : 0,
            Lost = lost ?? 0,
        };

    [GeneratedRegex("class=\"end\" x=\"[0-9.]+\" y=\"([0-9.]+)\"")]
    private static partial Regex EndLabel();

    [GeneratedRegex("%%[A-Z_]+%%")]
    private static partial Regex Placeholder();
}
