namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>A caller who writes fields that only the API should set.</summary>
internal sealed class MassAssignment : ExposurePattern
{
    public override string Id => "mass-assignment";

    public override string Breach => "GitHub 2012, the class behind OWASP API3";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        operation.Method is "POST" or "PUT" or "PATCH"
        && !operation.IsLoginLike
        && FieldWords.PowerIn(operation.RequestFields) is { } field
            ? $"Requests may set '{field}'; mark it readOnly in the contract where callers must not, and such requests are refused."
            : null;

    public override string PolicyLine(DeclaredOperation operation) =>
        OperationLine(operation, "contract: enforce, mode: enforce");
}
