using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Lets an operation pass for a while.</summary>
internal sealed class BypassCommand : AdminCommand
{
    private readonly Option<string> _operation = new("--operation")
    {
        Description = "\"METHOD /template\" as `portcullis operations` shows it, its index, or all.",
        Required = true,
    };

    private readonly Option<string> _for = new("--for") { Description = "How long, at most 24h.", Required = true };

    private readonly Option<string> _reason = new("--reason") { Description = "Why; recorded.", Required = true };

    public BypassCommand()
        : base("bypass", "Let an operation pass for a while; everything is still judged and recorded, and it ends by itself.")
    {
        Add(_operation);
        Add(_for);
        Add(_reason);
    }

    public override IReadOnlyList<string> Examples =>
        ["portcullis bypass --operation \"GET /accounts/{id}\" --for 15m --reason \"release of the app, false refusals\""];

    protected override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var request = new BypassRequest(input.GetValue(_for)!, input.GetValue(_reason)!);
        var answers = new List<OperationAnswer>();
        foreach (var operation in await OperationChoice.FindAsync(gateway, input.GetValue(_operation)!))
        {
            answers.Add(
                await gateway.PostAsync(
                    $"/v1/operations/{operation.Index}/bypass",
                    request,
                    AdminJson.Default.BypassRequest,
                    AdminJson.Default.OperationAnswer
                )
            );
        }
        output.Answer([.. answers], AdminJson.Default.OperationAnswerArray, text => OperationChoice.Write(text, answers));
        return ExitCode.Ok;
    }
}
