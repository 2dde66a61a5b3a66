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

    [GeneratedRegex("%%[A-Z_]+%%")]
    private static partial Regex Placeholder();
}
