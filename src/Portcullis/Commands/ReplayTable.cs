using System.Globalization;
using Portcullis.Drills.Replay;
using Spectre.Console;

namespace Portcullis.Commands;

/// <summary>Replay results as a table for people.</summary>
internal static class ReplayTable
{
    private static readonly string[] Columns =
    [
        "scenario",
        "variant",
        "knowledge",
        "attacker",
        "k",
        "attack",
        "lost without",
        "lost",
        "exist",
        "target",
        "honest",
        "denied",
        "≤ (95 %)",
        "refused",
        "worst role",
        "lock-out",
        "first verdict",
    ];

    public static void Write(IReadOnlyList<ReplayResult> results, TextWriter output)
    {
        var table = new Table { Border = TableBorder.Simple };
        for (var i = 0; i < Columns.Length; i++)
        {
            var column = new TableColumn(Columns[i]);
            table.AddColumn(i is >= 4 and <= 13 or >= 15 ? column.RightAligned() : column);
        }
        foreach (var result in results)
        {
            table.AddRow([.. Cells(result).Select(text => new Markup(Markup.Escape(text)))]);
        }
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = Math.Max(console.Profile.Width, 190);
        console.Write(table);
        var missed = results.Count(result => result.Met == false);
        var promised = results.Count(result => result.Met is not null);
        output.WriteLine(
            $"{promised - missed} of {promised} promised figures met; {results.Count - promised} cells without a promise."
        );
        foreach (var note in results.Select(result => result.Detail?.Note).OfType<string>().Distinct())
        {
            output.WriteLine(note);
        }
    }

    private static IEnumerable<string> Cells(ReplayResult result) =>
        [
            result.Scenario,
            result.Variant,
            result.Knowledge,
            result.Attacker,
            Number(result.K),
            Number(result.AttackRequests),
            Number(result.LostWithout),
            Number(result.Lost),
            Number(result.LeakExist),
            result.Met is not { } met
                ? "–"
                : (result.Target is { } target ? Number(target) + " " : "") + (met ? "met" : "MISSED"),
            Number(result.BenignRequests),
            Number(result.BenignDenied),
            result.BenignDeniedUpper95.ToString("0.0e0", CultureInfo.InvariantCulture),
            Number(result.BenignCallersRefused),
            result.WorstRole ?? "–",
            result.BenignDenied == 0 ? "–" : $"{result.LongestLockoutSeconds / 3600:0.#} h",
            result.FirstVerdictAfterRequests is { } first ? Number(first) : "–",
        ];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
