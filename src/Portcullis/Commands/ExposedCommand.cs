using System.CommandLine;
using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;
using Portcullis.Core.Contracts.Exposed;

namespace Portcullis.Commands;

/// <summary>Reads a contract, needs no traffic, and says which known breaches fit these very operations.</summary>
internal sealed class ExposedCommand : PortcullisCommand
{
    private readonly Argument<string> _file = new("contract")
    {
        Description = "An OpenAPI document: 2.0, 3.0 or 3.1, JSON or YAML.",
    };

    public ExposedCommand()
        : base(
            "exposed",
            "Say which breaches of the catalogue fit a contract's operations, why, and the policy line that stops each."
        ) => Add(_file);

    public override IReadOnlyList<string> Examples =>
        ["portcullis exposed openapi.yaml", "portcullis exposed samples/Portcullis.Sample.Telecom/openapi.yaml --json"];

    public override IReadOnlyList<ExitCode> ExitCodes =>
        [
            new(ExitCode.Ok, "no breach of the catalogue fits"),
            new(ExitCode.Finding, "at least one fits"),
            new(ExitCode.BadInput, "the contract cannot be read; every error is listed"),
        ];

    protected override Task<int> RunAsync(ParseResult input, CommandOutput output, CancellationToken stop)
    {
        var file = input.GetValue(_file)!;
        var contract = ContractDocument.Load(file, static name => DataClasses.Names.Find(name.AsSpan()).Strong);
        if (contract.Errors.Count > 0)
        {
            throw CommandFailure.BadInput(string.Join("\n", contract.Errors.Select(error => error.ToString())));
        }
        foreach (var note in contract.Notes)
        {
            output.Error.WriteLine($"warning: {note}");
        }
        var findings = ExposedAnalysis.Run(contract.Operations);
        output.Answer(
            new ExposedAnswer(file, contract.Operations.Count, findings),
            CommandJson.Default.ExposedAnswer,
            text => Write(text, file, contract.Operations.Count, findings)
        );
        return Task.FromResult(findings.Count == 0 ? ExitCode.Ok : ExitCode.Finding);
    }

    private static void Write(TextWriter text, string file, int operations, IReadOnlyList<ExposedFinding> findings)
    {
        foreach (var group in findings.GroupBy(finding => finding.PatternId))
        {
            text.WriteLine($"{group.Key}: as in {group.First().Breach}");
            foreach (var finding in group)
            {
                text.WriteLine($"  {finding.OperationId}");
                text.WriteLine($"    why     {finding.Why}");
                text.WriteLine($"    policy  {finding.PolicyLine}");
            }
            text.WriteLine();
        }
        var exposed = findings.Select(finding => finding.OperationId).Distinct().Count();
        text.WriteLine(
            findings.Count == 0
                ? $"{file}: no breach of the catalogue fits its {operations} operations."
                : $"{file}: {exposed} of {operations} operations fit a breach that happened elsewhere."
        );
        if (findings.Any(finding => finding.PolicyLine.Contains("token.", StringComparison.Ordinal)))
        {
            text.WriteLine("Lines name claims as many issuers call them (token.sub, token.role): put those of your tokens.");
        }
    }
}
