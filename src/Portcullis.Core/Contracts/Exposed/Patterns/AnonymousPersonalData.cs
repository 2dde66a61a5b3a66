namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Personal data for callers without credentials.</summary>
internal sealed class AnonymousPersonalData : ExposurePattern
{
    public override string Id => "anonymous-personal-data";

    public override string Breach => "Optus 2022, T-Mobile 2017 and 2023, Experian 2021";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        !operation.RequiresAuthentication && !operation.IsLoginLike && FieldWords.ReturnsPersonalData(operation)
            ? $"No credentials are asked for, and {FieldWords.PersonalWord(operation)}."
            : null;

    public override string PolicyLine(DeclaredOperation operation) => OperationLine(operation, "authentication: required");
}
