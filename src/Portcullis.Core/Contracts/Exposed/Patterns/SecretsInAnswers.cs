namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Passwords, hashes or secrets among the answer's fields.</summary>
internal sealed class SecretsInAnswers : ExposurePattern
{
    public override string Id => "secrets-in-answers";

    public override string Breach => "Slack hashes 2022, T-Mobile 2018";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        FieldWords.SecretIn(operation.ResponseFields) is { } field
            ? $"The answer declares '{field}'; mark it writeOnly in the contract, and answers that carry it are withheld."
            : null;

    public override string PolicyLine(DeclaredOperation operation) => OperationLine(operation, "contractAnswers: enforce");
}
