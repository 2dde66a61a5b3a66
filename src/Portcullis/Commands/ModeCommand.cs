using System.CommandLine;
using Portcullis.Api;
using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>A verb that switches the mode of operations.</summary>
internal abstract class ModeCommand : AdminCommand
{
    private readonly string _mode;

    private readonly Argument<string> _operation = new("operation")
    {
        Description = "\"METHOD /template\" as `portcullis operations` shows it, its index, or all.",
    };

    private readonly Option<string> _reason = new("--reason") { Description = "Why; recorded.", Required = true };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "How long (1h, 7d) or a moment; for ever unless given.",
    };

    private readonly Option<bool> _policy = new("--policy")
    {
        Description = "Take the switch back: the policy's mode counts again.",
    };

    protected ModeCommand(string name, string description, string mode)
        : base(name, description)
    {
        _mode = mode;
        Add(_operation);
        Add(_reason);
        Add(_until);
        Add(_policy);
    }

    protected sealed override async Task<int> RunAsync(
        ParseResult input,
        AdminClient gateway,
        CommandOutput output,
        CancellationToken stop
    )
    {
        var mode = input.GetValue(_policy) ? "policy" : _mode;
        var request = new ModeRequest(mode, input.GetValue(_reason)!, input.GetValue(_until));
        var answers = new List<OperationAnswer>();
        foreach (var operation in await OperationChoice.FindAsync(gateway, input.GetValue(_operation)!))
        {
            answers.Add(
                await gateway.PostAsync(
                    $"/v1/operations/{operation.Index}/mode",
                    request,
                    AdminJson.Default.ModeRequest,
                    AdminJson.Default.OperationAnswer
                )
            );
        }
        output.Answer([.. answers], AdminJson.Default.OperationAnswerArray, text => OperationChoice.Write(text, answers));
        return ExitCode.Ok;
    }
}
