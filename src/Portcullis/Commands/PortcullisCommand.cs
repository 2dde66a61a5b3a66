using System.CommandLine;

namespace Portcullis.Commands;

/// <summary>
/// One verb of the executable. A new one is one file: derive, add options in the constructor, implement <see cref="RunAsync"/>;
/// <see cref="CommandCatalog"/> finds it.
/// </summary>
internal abstract class PortcullisCommand : Command
{
    private readonly Option<bool> _json = new("--json") { Description = "Answer with JSON on standard output." };

    /// <param name="name">The verb.</param>
    /// <param name="description">One sentence: what it does for the user.</param>
    protected PortcullisCommand(string name, string description)
        : base(name, description)
    {
        Add(_json);
        SetAction(InvokeAsync);
    }

    /// <summary>Complete command lines, most useful first; shown by <c>--help</c>.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    public virtual IReadOnlyList<ExitCode> ExitCodes => ExitCode.Standard;

    /// <summary>Does the work and returns an exit code; <see cref="CommandFailure"/> ends it with a message.</summary>
    protected abstract Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop);

    private async Task<int> InvokeAsync(ParseResult input, CancellationToken stop)
    {
        var configuration = input.InvocationConfiguration;
        var output = new CommandOutput(configuration.Output, configuration.Error, input.GetValue(_json));
        // Signals are only watched for once this call has returned: no work before that, or Ctrl-C would end it with its folders left behind.
        await Task.Yield();
        try
        {
            return await RunAsync(input, output, stop);
        }
        catch (CommandFailure failure)
        {
            output.Error.WriteLine($"portcullis {Name}: {failure.Message}");
            return failure.ExitCode;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
