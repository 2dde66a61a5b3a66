using System.Globalization;
using Portcullis.Drills.Replay;
using Spectre.Console;

namespace Portcullis.Commands;

/// <summary>Replay results as a table for people.</summary>
internal static class ReplayTable
{
    private static readonly Column[] Columns =
    [
        new("breach", result => $"{result.Scenario} {result.Variant}", IsNumber: false, IsEssential: true),
        new("knowledge", result => result.Knowledge, IsNumber: false, IsEssential: true),
        new("attacker", result => result.Attacker, IsNumber: false, IsEssential: true),
        new("k", result => Number(result.K)),
        new("attack", result => Number(result.AttackRequests)),
        new("without", result => Number(result.LostWithout), IsEssential: true),
        new("lost", result => Number(result.Lost), IsEssential: true),
        new("exist", result => Number(result.LeakExist)),
        new("target", Target, IsEssential: true),
        new("honest", result => Number(result.BenignRequests)),
        new("denied", result => Number(result.BenignDenied), IsEssential: true),
        new("≤ (95 %)", result => result.BenignDeniedUpper95.ToString("0.0e0", CultureInfo.InvariantCulture)),
        new("refused", result => Number(result.BenignCallersRefused)),
        new("worst role", result => result.WorstRole ?? "–", IsNumber: false),
        new("lock-out", result => result.BenignDenied == 0 ? "–" : $"{result.LongestLockoutSeconds / 3600:0.#} h"),
        new("first verdict", result => result.FirstVerdictAfterRequests is { } first ? Number(first) : "–"),
    ];

    private const string Told =
        "At spec and policy the gateway was told the contract, the hosts of its servers, and who signs tokens with which key, which a contract does not say.";

    // All columns side by side.
    private const int WholeWidth = 170;

    public static void Write(IReadOnlyList<ReplayResult> results, TextWriter output) =>
        Write(results, output, CommandText.WidthOf(output));

    /// <summary>As above for a terminal of a width; null for none.</summary>
    public static void Write(IReadOnlyList<ReplayResult> results, TextWriter output, int? width)
    {
        var isNarrow = width < WholeWidth;
        Column[] columns = [.. Columns.Where(column => column.IsEssential || !isNarrow)];
        var table = new Table { Border = TableBorder.None };
        foreach (var column in columns)
        {
            var shown = new TableColumn(column.Heading).PadRight(2);
            table.AddColumn(column.IsNumber ? shown.RightAligned() : shown);
        }
        foreach (var result in results)
        {
            table.AddRow([.. columns.Select(column => new Markup(Markup.Escape(column.Cell(result))))]);
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = isNarrow ? width!.Value : WholeWidth + 20;
        console.Write(table);
        output.WriteLine();
        if (isNarrow)
        {
            CommandText.Write(output, width, "", Honest(results));
        }
        var missed = results.Count(result => result.Met == false);
        var untested = results.Count(result => result.IsUntested);
        var promised = results.Count(result => result.Met is not null) + untested;
        output.WriteLine(
            $"{promised - missed - untested} of {promised} promised figures met; {results.Count - promised} cells without a promise."
                + (untested == 0 ? "" : $" {untested} not tested: nothing is lost without a gate either.")
        );
        if (results.Any(result => result.Knowledge is "spec" or "policy"))
        {
            CommandText.Write(output, width, "", Told);
        }
        foreach (var note in results.Select(result => result.Detail?.Note).OfType<string>().Distinct())
        {
            CommandText.Write(output, width, "", note);
        }
    }

    // What the columns that found no room would have said.
    private static string Honest(IReadOnlyList<ReplayResult> results) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Of {results.Sum(result => result.BenignRequests):N0} honest requests {results.Sum(result => result.BenignDenied):N0} were denied; in no cell is the rate above {results.Max(result => result.BenignDeniedUpper95):0.0e0} (95 %). More columns need a wider terminal; `--json` has all."
        );

    private static string Target(ReplayResult result) =>
        result is { Met: null, IsUntested: false }
            ? "–"
            : (result.Target is { } target ? Number(target) + " " : "")
                + (
                    result.Met switch
                    {
                        true => "met",
                        false => "MISSED",
                        _ => "not tested",
                    }
                );

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>One figure of every cell.</summary>
    private sealed record Column(string Heading, Func<ReplayResult, string> Cell, bool IsNumber = true, bool IsEssential = false);
}
