using System.Globalization;
using System.Net;
using System.Text;

namespace Portcullis.Demo;

/// <summary>The demo's result as one HTML file that needs no network: fonts, styles and curve are in it.</summary>
internal static class DemoReport
{
    public static string Render(DemoResult result, DateTimeOffset now, string version) =>
        new StringBuilder(Asset("demo-report.html"))
            .Replace("%%DATE%%", now.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC")
            .Replace("%%LOST_WITHOUT%%", Number(result.Without.Lost))
            .Replace("%%LOST_WITH%%", Number(result.With.Lost))
            .Replace("%%SUMMARY%%", Summary(result))
            .Replace("%%CHART%%", LossChart.Draw(result.Without, result.With))
            .Replace("%%NARROW_CHART%%", LossChart.Draw(result.Without, result.With, 380, 320))
            .Replace("%%CURVE%%", string.Concat(CurveRows(result)))
            .Replace("%%ATTACKERS%%", string.Concat(Pairs(result, isAttacker: true).Select(AttackerRow)))
            .Replace("%%HONEST%%", string.Concat(Pairs(result, isAttacker: false).Select(HonestRow)))
            .Replace("%%NOTES%%", Notes(result, version))
            .Replace("%%FONT%%", Convert.ToBase64String(AssetBytes("inter-latin.woff2")))
            .ToString();

    private static string Summary(DemoResult result)
    {
        var refused = result.With.HonestRefused;
        var honest = refused == 0 ? "None was refused" : $"{Number(refused)} of them were refused";
        return $"The same four attacks on the same API, {result.Without.Seconds:0} seconds each time: first the gateway only watches, then it "
            + $"enforces. Honest callers sent {Number(result.With.HonestRequests)} requests in between. {honest}.";
    }

    private static IEnumerable<(DemoActorResult Without, DemoActorResult With)> Pairs(DemoResult result, bool isAttacker) =>
        result.Without.Actors.Zip(result.With.Actors).Where(pair => pair.First.IsAttacker == isAttacker);

    private static string AttackerRow((DemoActorResult Without, DemoActorResult With) pair)
    {
        var first = pair.With.FirstRefused == 0 ? "never" : "request " + Number(pair.With.FirstRefused);
        return $"""
            <tr><td>{Who(pair.With)}</td>{Cell("Requests", Number(pair.With.Sent))}{Cell(
                "Lost without",
                Number(pair.Without.Lost),
                "without"
            )}
            {Cell("Lost with", Number(pair.With.Lost), "with")}{Cell("First refused", first)}</tr>
            """;
    }

    private static string HonestRow((DemoActorResult Without, DemoActorResult With) pair) =>
        $"""
            <tr><td>{Who(pair.With)}</td>{Cell("Requests", Number(pair.With.Sent))}
            {Cell("Refused without", Number(pair.Without.Refused))}{Cell("Refused with", Number(pair.With.Refused))}</tr>
            """;

    // On a narrow screen a cell stands under its own label.
    private static string Cell(string label, string value, string kind = "") =>
        $"<td class=\"n {kind}\" data-label=\"{label}\">{value}</td>";

    // One row for each eighth of the time: the curve for whoever reads numbers.
    private static IEnumerable<string> CurveRows(DemoResult result)
    {
        var seconds = Math.Max(result.Without.Seconds, result.With.Seconds);
        for (var i = 1; i <= 8; i++)
        {
            var at = seconds * i / 8;
            yield return FormattableString.Invariant(
                $"<tr><td class=\"n\">{at:0.#} s</td><td class=\"n without\">{LostBy(result.Without, at):N0}</td><td class=\"n with\">{LostBy(result.With, at):N0}</td></tr>"
            );
        }
    }

    private static int LostBy(DemoActResult act, double at) => act.Curve.LastOrDefault(point => point.Seconds <= at)?.Lost ?? 0;

    private static string Who(DemoActorResult actor) =>
        $"<b>{Text(actor.Name)}</b><small>{Text(actor.Story)}<br><code>{Text(actor.Request)}</code></small>";

    private static string Notes(DemoResult result, string version) =>
        $"""
            <p>A record counts as lost when at least one true name, phone number or e-mail address of a person arrived; masked values do not count.
            The API is the telecom sample with {Number(
                result.Customers
            )} made-up customers; its contract and policy ship with it. Everything ran over real
            sockets on this machine. Each act had a gateway of its own, so nothing carried over.</p>
            <p>What is left in “with” is what the stolen partner key was allowed: its budget, and never one more.</p>
            <p>Portcullis {Text(version)}. Run it again: <code>./portcullis demo</code></p>
            """;

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Text(string value) => WebUtility.HtmlEncode(value);

    private static string Asset(string name) => Encoding.UTF8.GetString(AssetBytes(name));

    private static byte[] AssetBytes(string name)
    {
        using var stream = typeof(DemoReport).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
