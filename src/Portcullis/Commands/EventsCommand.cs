using System.CommandLine;
using System.Globalization;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists what operators and policies changed.</summary>
internal sealed class EventsCommand()
    : JournalListCommand(
        "events",
        "List what operators and policies changed, newest first: switches, bypasses, restrictions, allowances, revocations."
    )
{
    private const string Nothing = "–";

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var events = await gateway.GetAsync("/v1/events" + Part(input), AdminJson.Default.EventAnswerArray);
        output.Answer(
            events,
            AdminJson.Default.EventAnswerArray,
            text =>
                CommandTable.Write(
                    text,
                    ["record", "when", "what", "operation", "of", "mode", "rule", "until", "why"],
                    events.Select(one =>
                        new[]
                        {
                            one.Record.ToString(CultureInfo.InvariantCulture),
                            CommandTable.Time(one.At),
                            one.Kind,
                            one.Operation ?? Nothing,
                            one.Target ?? Nothing,
                            one.Mode ?? Nothing,
                            one.Reason ?? Nothing,
                            one.Until is { } until ? CommandTable.Time(until) : Nothing,
                            one.Why ?? Nothing,
                        }
                    ),
                    title: 3
                )
        );
        return ExitCode.Ok;
    }
}
