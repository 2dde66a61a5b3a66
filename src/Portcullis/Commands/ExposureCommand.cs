using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>What one caller received.</summary>
internal sealed class ExposureCommand : AdminCommand
{
    private readonly Option<string> _caller = new("--caller")
    {
        Description = "A hash, an account, key:NAME of an API key, or network:ADDRESS.",
        Required = true,
    };

    public ExposureCommand()
        : base("exposure", "Show what one caller received, by operation, and what its budgets stand at.") => Add(_caller);

    public override IReadOnlyList<string> Examples =>
        ["portcullis exposure --caller alice", "portcullis exposure --caller key:partner-app --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var caller = await gateway.CallerAsync(input.GetValue(_caller)!);
        var exposure = await gateway.GetAsync($"/v1/callers/{caller}/exposure", AdminJson.Default.ExposureAnswer);
        output.Answer(exposure, AdminJson.Default.ExposureAnswer, text => Write(text, exposure));
        return ExitCode.Ok;
    }

    private static void Write(TextWriter text, ExposureAnswer exposure)
    {
        var caller = exposure.Caller;
        text.WriteLine($"{caller.Caller} ({caller.Rung}){(caller.IsRestricted ? ", restricted" : "")}");
        CommandText.Write(
            text,
            "",
            $"{CommandTable.Number(caller.People)} people in {CommandTable.Number(caller.Exchanges)} exchanges since {CommandTable.Time(caller.FirstSeen)}, {CommandTable.Number(caller.Refused)} refused, or would be if all enforced"
        );
        text.WriteLine();
        CommandTable.Write(
            text,
            ["operation", "people", "exchanges", "received", "last"],
            exposure.Operations.Select(one =>
                new[]
                {
                    one.Operation,
                    CommandTable.Number(one.People),
                    CommandTable.Number(one.Exchanges),
                    CommandTable.List(one.Classes),
                    CommandTable.Time(one.LastSeen),
                }
            )
        );
        if (exposure.Budgets.Count > 0)
        {
            text.WriteLine();
            BudgetTable.Write(text, exposure.Budgets);
        }
    }
}
