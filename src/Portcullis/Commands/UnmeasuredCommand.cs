using System.CommandLine;
using System.Globalization;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists every answer that left without being read.</summary>
internal sealed class UnmeasuredCommand : AdminCommand
{
    private readonly Option<int> _take = new("--take")
    {
        Description = "How many, 1 to 1,000.",
        DefaultValueFactory = _ => 20,
        CustomParser = NumberRange.Of(1, 1000),
    };
    private readonly Option<long?> _before = new("--before")
    {
        Description = "Only what is older than this `record` of an entry.",
        CustomParser = result => NumberRange.Read(result, 1, long.MaxValue),
    };

    public UnmeasuredCommand()
        : base(
            "unmeasured",
            "List the answers that left without being read, newest first: streams, unknown codings, what was too large."
        )
    {
        Add(_take);
        Add(_before);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis unmeasured", "portcullis unmeasured --take 1000 --json", "portcullis unmeasured --before 81920"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var unmeasured = await gateway.GetAsync(
            $"/v1/unmeasured?take={input.GetValue(_take)}&before={input.GetValue(_before)}",
            AdminJson.Default.UnmeasuredAnswerArray
        );
        output.Answer(
            unmeasured,
            AdminJson.Default.UnmeasuredAnswerArray,
            text =>
                CommandTable.Write(
                    text,
                    ["record", "when", "operation", "status", "caller", "incident"],
                    unmeasured.Select(one =>
                        new[]
                        {
                            one.Record.ToString(CultureInfo.InvariantCulture),
                            CommandTable.Time(one.At),
                            one.Operation,
                            CommandTable.Number(one.Status),
                            one.Caller,
                            one.Incident,
                        }
                    )
                )
        );
        return ExitCode.Ok;
    }
}
