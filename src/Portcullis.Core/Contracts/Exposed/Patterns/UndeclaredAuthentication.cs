namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Nobody wrote down whether credentials are needed.</summary>
internal sealed class UndeclaredAuthentication : ExposurePattern
{
    public override string Id => "undeclared-authentication";

    public override string Breach => "T-Mobile 2023, Optus 2022";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        !operation.DeclaresSecurity && !operation.IsLoginLike
            ? "The contract says nothing of credentials, so nobody can tell whether this is open on purpose."
            : null;

    public override string PolicyLine(DeclaredOperation operation) => OperationLine(operation, "authentication: required");
}
