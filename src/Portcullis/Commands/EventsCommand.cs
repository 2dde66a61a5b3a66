using System.CommandLine;
using System.Globalization;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists what operators and policies changed.</summary>
internal sealed class EventsCommand : AdminCommand
{
    private const string Nothing = "–";

    private readonly Option<int> _take = new("--take")
    {
        Description = "How many, 1 to 1,000.",
        CustomParser = NumberRange.Of(1, 1_000),
        DefaultValueFactory = _ => 20,
    };

    private readonly Option<long?> _before = new("--before")
    {
        Description = "Only what is older than this `record` of an entry.",
        CustomParser = result => NumberRange.Read(result, 1, long.MaxValue),
    };

    public EventsCommand()
        : base(
            "events",
            "List what operators and policies changed, newest first: switches, bypasses, restrictions, allowances, revocations."
        )
    {
        Add(_take);
        Add(_before);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis events", "portcullis events --take 200 --json", "portcullis events --before 81920"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var events = await gateway.GetAsync(
            $"/v1/events?take={input.GetValue(_take)}&before={input.GetValue(_before)}",
            AdminJson.Default.EventAnswerArray
        );
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
