using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Lets the caller of an incident pass for a while.</summary>
internal sealed class AllowCommand : AdminCommand
{
    private readonly Argument<string> _incident = new("incident") { Description = "The id a refusal carries: inc_…" };

    private readonly Option<string?> _until = new("--until") { Description = "How long (12h, 7d) or a moment, at most 90 days." };

    private readonly Option<string?> _reason = new("--reason") { Description = "Why; recorded. Name nobody in it." };

    private readonly Option<bool> _end = new("--end") { Description = "End the allowance made for the incident." };

    public AllowCommand()
        : base("allow", "Let the caller of a refusal pass that rule on that operation, until a time.")
    {
        Add(_incident);
        Add(_until);
        Add(_reason);
        Add(_end);
    }

    public override IReadOnlyList<string> Examples =>
        [
            "portcullis allow inc_0123456789abcdef --until 7d --reason \"quarterly report\"",
            "portcullis allow inc_0123456789abcdef --end",
        ];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var until = input.GetValue(_until);
        var ends = input.GetValue(_end);
        if (ends == until is not null)
        {
            throw CommandFailure.BadInput("give either --until or --end.");
        }
        var path = $"/v1/incidents/{Uri.EscapeDataString(input.GetValue(_incident)!)}/allow";
        var answer = ends
            ? await gateway.DeleteAsync(path, AdminJson.Default.AllowanceAnswer)
            : await gateway.PostAsync(
                path,
                new AllowRequest(until!, input.GetValue(_reason) ?? ""),
                AdminJson.Default.AllowRequest,
                AdminJson.Default.AllowanceAnswer
            );
        var end = ends ? "no more" : $"until {CommandTable.Time(answer.Until)}";
        output.Answer(
            answer,
            AdminJson.Default.AllowanceAnswer,
            text => text.WriteLine($"{answer.Caller} may pass {answer.Reason} on {answer.Operation} {end}")
        );
        return ExitCode.Ok;
    }
}
