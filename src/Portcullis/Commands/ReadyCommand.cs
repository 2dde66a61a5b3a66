using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Whether operations are ready to enforce.</summary>
internal sealed class ReadyCommand()
    : AdminCommand("ready", "Show by operation what would have been refused, a proposed budget, and whether to promote it.")
{
    public override IReadOnlyList<string> Examples => ["portcullis ready", "portcullis ready --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var ready = await gateway.GetAsync("/v1/ready", AdminJson.Default.ReadyAnswerArray);
        output.Answer(ready, AdminJson.Default.ReadyAnswerArray, text => Write(text, ready));
        return ExitCode.Ok;
    }

    private static void Write(TextWriter text, ReadyAnswer[] ready)
    {
        if (ready.Length == 0)
        {
            text.WriteLine("No traffic was seen yet.");
            return;
        }
        CommandTable.Write(
            text,
            ["operation", "mode", "exchanges", "callers", "would have stopped", "budget a day", "advice"],
            ready.Select(one =>
                new[]
                {
                    one.Operation,
                    one.Mode,
                    CommandTable.Number(one.Exchanges),
                    CommandTable.Number(one.Callers),
                    one.Objections.Count == 0 ? "–" : string.Join("; ", one.Objections.Take(3).Select(Objection)),
                    one.ProposedBudget?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "–",
                    one.Advice,
                }
            )
        );
        text.WriteLine();
        foreach (var one in ready)
        {
            CommandText.Write(text, "", $"{one.Operation}: {one.Because}");
        }
        text.WriteLine();
        text.WriteLine("Nothing starts enforcing by itself: `portcullis promote OPERATION`.");
    }

    private static string Objection(ObjectionAnswer objection) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{objection.Reason} {objection.Exchanges}× ({objection.ShareOfCallers:0.##%} of callers)"
        );
}
