namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Credentials issued by an operation that is no login.</summary>
internal sealed class TokensMinted : ExposurePattern
{
    public override string Id => "tokens-minted";

    public override string Breach => "Facebook View As 2018, CircleCI 2022";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        !operation.IsLoginLike && FieldWords.CredentialIn(operation.ResponseFields) is { } field
            ? $"The answer carries the credential '{field}' although the operation is no login."
            : null;

    public override string PolicyLine(DeclaredOperation operation) => ClosingLine(operation, "support");
}
