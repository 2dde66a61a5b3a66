using System.CommandLine;
using System.Globalization;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists every answer that left without being read.</summary>
internal sealed class UnmeasuredCommand()
    : JournalListCommand(
        "unmeasured",
        "List the answers that left without being read, newest first: streams, unknown codings, what was too large."
    )
{
    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var unmeasured = await gateway.GetAsync("/v1/unmeasured" + Part(input), AdminJson.Default.UnmeasuredAnswerArray);
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
