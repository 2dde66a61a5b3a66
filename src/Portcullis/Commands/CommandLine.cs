using System.CommandLine;
using System.CommandLine.Help;

namespace Portcullis.Commands;

/// <summary>Reads the command line, answers mistakes with the nearest known word, and runs one verb.</summary>
internal sealed class CommandLine
{
    // A command that was told to stop gets this long to end cleanly: longer than the drain of a gateway.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(2);

    private readonly RootCommand _root;

    public CommandLine(IReadOnlyList<PortcullisCommand> commands)
    {
        _root = new RootCommand("Portcullis, the gateway that stops API data breaches.");
        foreach (var command in commands)
        {
            _root.Add(command);
        }
        var help = _root.Options.OfType<HelpOption>().Single();
        help.Action = new CommandHelp((HelpAction)help.Action!);
        // `version` says more, and one way to ask is enough.
        _root.Options.Remove(_root.Options.OfType<VersionOption>().Single());
    }

    public async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        var parsed = _root.Parse(args.Count == 0 ? ["--help"] : args);
        if (parsed.Action is not CommandHelp && UsageErrors.Describe(parsed).ToList() is { Count: > 0 } problems)
        {
            foreach (var message in problems)
            {
                error.WriteLine(message);
            }
            var verb = parsed.CommandResult.Command is PortcullisCommand command ? command.Name + " " : "";
            error.WriteLine($"See: portcullis {verb}--help");
            return ExitCode.BadInput;
        }
        using var hangUp = new CancellationTokenSource();
        using var terminal = HangUp.WatchFor(hangUp.Cancel);
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = output,
                Error = error,
                ProcessTerminationTimeout = StopTimeout,
                EnableDefaultExceptionHandler = false,
            },
            hangUp.Token
        );
    }
}
