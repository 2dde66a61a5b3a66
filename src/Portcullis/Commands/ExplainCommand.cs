using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Explains one incident.</summary>
internal sealed class ExplainCommand : AdminCommand
{
    private readonly Argument<string> _incident = new("incident") { Description = "The id a refusal carries: inc_…" };

    public ExplainCommand()
        : base("explain", "Explain a refusal: who, which rule, the numbers, the smallest exception, what else the caller did.") =>
        Add(_incident);

    public override IReadOnlyList<string> Examples =>
        ["portcullis explain inc_0123456789abcdef", "portcullis explain inc_0123456789abcdef --json"];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var id = Uri.EscapeDataString(input.GetValue(_incident)!);
        var incident = await gateway.GetAsync($"/v1/incidents/{id}", AdminJson.Default.IncidentAnswer);
        output.Answer(incident, AdminJson.Default.IncidentAnswer, text => Write(text, incident));
        return ExitCode.Ok;
    }

    private static void Write(TextWriter text, IncidentAnswer incident)
    {
        var done = incident.IsEnforced ? incident.Verdict : $"{incident.Verdict} (recorded only, it passed)";
        text.WriteLine($"{incident.Incident}  {CommandTable.Time(incident.At)}  {done}");
        text.WriteLine($"operation  {incident.Operation}");
        CommandText.Write(text, "caller     ", $"{incident.Caller} ({incident.Rung}), network {incident.Network}");
        text.WriteLine($"rule       {incident.Reason ?? "none"}");
        if (incident.Explanation is { } explanation)
        {
            CommandText.Write(text, "           ", explanation);
        }
        if (incident.Exceeded is { } budget)
        {
            text.WriteLine(
                $"budget     {budget.Name} ({budget.Scope}): {budget.Used} of {budget.Limit} people in {budget.Window}"
            );
        }
        var asked = incident.UpstreamStatus == 0 ? "not asked" : $"answered {incident.UpstreamStatus}";
        text.WriteLine($"upstream   {asked}; {incident.Items} items, {incident.Released} left");
        var took = incident.Milliseconds;
        CommandText.Write(
            text,
            "time       ",
            $"request head {took.RequestHead} ms, request body {took.RequestBody} ms, response head {took.ResponseHead} ms, commit {took.Commit} ms"
        );
        if (incident.Budgets.Count > 0)
        {
            text.WriteLine();
            text.WriteLine("Budgets as they stand now:");
            BudgetTable.Write(text, incident.Budgets);
        }
        text.WriteLine();
        CommandText.Write(text, "", $"To let it pass: {incident.Remedy}");
        if (incident.Allowance is { } allowance)
        {
            text.WriteLine($"Allowed until {CommandTable.Time(allowance.Until)}: {allowance.Why}");
        }
        if (incident.Nearby.Count > 0)
        {
            text.WriteLine();
            text.WriteLine("The same caller, ten minutes before and after:");
            CommandTable.Write(
                text,
                ["operation", "verdict", "rule", "exchanges", "items left"],
                incident.Nearby.Select(one =>
                    new[]
                    {
                        one.Operation,
                        one.IsEnforced || one.Verdict is "allow" or "observe" ? one.Verdict : $"{one.Verdict} (recorded only)",
                        one.Reason ?? "–",
                        CommandTable.Number(one.Exchanges),
                        CommandTable.Number(one.Released),
                    }
                )
            );
        }
    }
}
