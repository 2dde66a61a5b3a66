using System.CommandLine;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists what operators and policies changed.</summary>
internal sealed class EventsCommand : AdminCommand
{
    private const string Nothing = "–";

    private readonly Option<int> _take = new("--take") { Description = "How many, 1 to 1,000.", DefaultValueFactory = _ => 20 };

    public EventsCommand()
        : base(
            "events",
            "List what operators and policies changed, newest first: switches, bypasses, restrictions, allowances, revocations."
        ) => Add(_take);

    public override IReadOnlyList<string> Examples => ["portcullis events", "portcullis events --take 200 --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var events = await gateway.GetAsync($"/v1/events?take={input.GetValue(_take)}", AdminJson.Default.EventAnswerArray);
        output.Answer(
            events,
            AdminJson.Default.EventAnswerArray,
            text =>
                CommandTable.Write(
                    text,
                    ["when", "what", "operation", "of", "mode", "rule", "until", "why"],
                    events.Select(one =>
                        new[]
                        {
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
                    title: 2
                )
        );
        return ExitCode.Ok;
    }
}
