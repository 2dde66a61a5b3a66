using System.CommandLine;
using Portcullis.Api;

namespace Portcullis.Commands;

/// <summary>Lists operations.</summary>
internal sealed class OperationsCommand()
    : AdminCommand("operations", "List every operation: mode, the personal data it returns, whether to anonymous callers.")
{
    public override IReadOnlyList<string> Examples => ["portcullis operations", "portcullis operations --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var operations = await gateway.GetAsync("/v1/operations", AdminJson.Default.OperationAnswerArray);
        output.Answer(
            operations,
            AdminJson.Default.OperationAnswerArray,
            text =>
                CommandTable.Write(
                    text,
                    ["#", "operation", "upstream", "mode", "returns", "anonymous", "exchanges", "callers", "most people"],
                    operations.Select(one =>
                        new[]
                        {
                            CommandTable.Number(one.Index),
                            one.Operation + (one.IsDeclared ? "" : " (learned)"),
                            one.Upstream,
                            one.Mode + (one.Until is { } until ? $" until {CommandTable.Time(until)}" : ""),
                            CommandTable.List(one.Classes),
                            one.AnonymousPersonalData ? "yes" : "no",
                            CommandTable.Number(one.Exchanges),
                            CommandTable.Number(one.Callers),
                            CommandTable.Number(one.MostPeople),
                        }
                    ),
                    title: 2
                )
        );
        return ExitCode.Ok;
    }
}
