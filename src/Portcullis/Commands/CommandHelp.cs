using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Portcullis.Commands;

/// <summary>Help with the command's examples and exit codes after the options.</summary>
internal sealed class CommandHelp(HelpAction usage) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        usage.Invoke(parseResult);
        if (parseResult.CommandResult.Command is PortcullisCommand command)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine("  " + example);
            }
            output.WriteLine();
            output.WriteLine("Exit codes:");
            foreach (var code in command.ExitCodes)
            {
                output.WriteLine($"  {code.Value}  {code.Meaning}");
            }
            output.WriteLine($"  {ExitCode.Interrupted}  interrupted before it was done");
        }
        return ExitCode.Ok;
    }
}
