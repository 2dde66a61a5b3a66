using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Portcullis.Commands;

/// <summary>Says which build this is, for reports and scripts.</summary>
internal sealed class VersionCommand() : PortcullisCommand("version", "Print the version, the runtime and the platform.")
{
    public override IReadOnlyList<string> Examples => ["portcullis version", "portcullis version --json"];

    public override IReadOnlyList<ExitCode> ExitCodes => [new(ExitCode.Ok, "done")];

    protected override Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        var answer = new VersionAnswer(
            typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.RuntimeIdentifier
        );
        output.Answer(
            answer,
            CommandJson.Default.VersionAnswer,
            text => text.WriteLine($"portcullis {answer.Version} ({answer.Runtime}, {answer.Platform})")
        );
        return Task.FromResult(ExitCode.Ok);
    }
}
