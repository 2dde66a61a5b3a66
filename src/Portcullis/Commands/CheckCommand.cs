using System.Collections;
using System.CommandLine;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Policy.Reference;
using Portcullis.Core.Traffic;

namespace Portcullis.Commands;

/// <summary>Validates a policy the way <c>run</c> would read it: with its contracts, key files and the environment.</summary>
internal sealed class CheckCommand : PortcullisCommand
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "The policy.",
        DefaultValueFactory = _ => "portcullis.yaml",
    };

    private readonly Option<bool> _schema = new("--schema")
    {
        Description = "Print the JSON Schema of policies instead, for editors.",
    };

    public CheckCommand()
        : base("check", "Validate a policy: every error at once, with file, line, path and the nearest known key.")
    {
        Add(_file);
        Add(_schema);
    }

    public override IReadOnlyList<string> Examples =>
        [
            "portcullis check",
            "portcullis check samples/Portcullis.Sample.Telecom/portcullis.yaml",
            "portcullis check --json",
            "portcullis check --schema > portcullis.schema.json",
        ];

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            new(ExitCode.Ok, "the policy can be put in force; warnings do not stand in the way"),
            new(ExitCode.BadInput, "it cannot; every error is listed"),
        ];

    protected override Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        if (input.GetValue(_schema))
        {
            output.Out.Write(PolicySchema.Write());
            return Task.FromResult(ExitCode.Ok);
        }
        var file = input.GetValue(_file)!;
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""));
        var loaded = new PolicyLoader().Load(file, PolicyEnvironment.Read(environment), new OperationRegistry());
        var answer = new CheckAnswer(
            file,
            loaded.IsSound && loaded.Errors.Count == 0,
            loaded.Snapshot?.Version,
            [.. loaded.Errors.Select(CheckError.Of)],
            [.. loaded.Warnings.Select(CheckError.Of)]
        );
        output.Answer(answer, CommandJson.Default.CheckAnswer, text => Write(text, answer, loaded));
        return Task.FromResult(answer.IsSound ? ExitCode.Ok : ExitCode.BadInput);
    }

    private static void Write(TextWriter text, CheckAnswer answer, LoadedPolicy loaded)
    {
        foreach (var error in loaded.Errors)
        {
            text.WriteLine(error.ToString());
        }
        foreach (var warning in loaded.Warnings)
        {
            text.WriteLine($"warning: {warning}");
        }
        if (answer.IsSound && loaded.Snapshot is { } policy)
        {
            var upstreams = policy
                .UpstreamsByHost.Values.Append(policy.DefaultUpstream)
                .Where(one => one is not null)
                .Distinct()
                .Count();
            text.WriteLine(
                $"{answer.File} is sound: {(policy.Mode == Mode.Enforce ? "enforcing" : "monitoring")}, "
                    + $"{Count(upstreams, "upstream")}, {Count(policy.Budgets.Length, "budget")}, {Count(policy.Pools.Length, "pool")}."
            );
        }
        else
        {
            text.WriteLine($"{Count(answer.Errors.Count, "error")}. Nothing of this policy would be put in force.");
        }
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
