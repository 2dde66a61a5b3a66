using Portcullis.Core.Contracts;

namespace Portcullis.Core.Policy.Options;

/// <summary>An API behind the gateway, as written.</summary>
public sealed record UpstreamOptions
{
    [Option("Name in journal, reports and this policy.", Form = OptionForm.Name, Default = "the address's host")]
    public string? Name { get; set; }

    [Option("Where it listens.", Form = OptionForm.Url, IsRequired = true, Example = "http://accounts.internal:5000")]
    public string Address { get; set; } = "";

    [Option(
        "Host names it answers to; without them it answers to every host.",
        Form = OptionForm.Host,
        Example = "api.example.com"
    )]
    public List<string> Hosts { get; set; } = [];

    [Option("Its OpenAPI document (2.0, 3.0, 3.1; JSON or YAML).", Form = OptionForm.Path)]
    public string? Contract { get; set; }

    [Option(
        "What becomes of requests that break the contract: `enforce` refuses them, `observe` records them, `off` does not look."
    )]
    public ContractWord ContractMode { get; set; }

    [Option("What becomes of answers that break the contract, by the same words.")]
    public ContractWord ContractAnswers { get; set; } = ContractWord.Observe;

    [Option(
        "What becomes of fields of JSON answers that the contract does not declare: `observe` records them, `drop` cuts them out, `refuse` refuses the answer. With the last two an answer that breaks its schema is refused, since nobody can say then what is declared."
    )]
    public UndeclaredWord UndeclaredFields { get; set; }

    [Option("Which Host header it sees: `original` the caller's, `upstream` that of its address.")]
    public HostWord Host { get; set; }

    [Option(
        "What becomes of operations that neither contract nor policy declares: `observe` passes and learns them, `refuse` refuses them."
    )]
    public UnknownOperationWord UnknownOperations { get; set; }

    [Option("How refusals of this API look.")]
    public RefusalOptions Refusals { get; set; } = new();

    [Option("As the top-level `operations`, for this upstream alone.", Form = OptionForm.Operation)]
    public Dictionary<string, OperationOptions> Operations { get; set; } = [];
}
