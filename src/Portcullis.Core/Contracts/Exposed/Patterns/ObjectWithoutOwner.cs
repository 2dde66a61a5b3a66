namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>An object named in the path, and nothing that says whose it is.</summary>
internal sealed class ObjectWithoutOwner : ExposurePattern
{
    public override string Id => "object-without-owner";

    public override string Breach => "T-Mobile wsg 2017, T-Mobile 2018, Peloton 2021";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        operation.RequiresAuthentication && FieldWords.ObjectId(operation) is { } id && FieldWords.ReturnsPersonalData(operation)
            ? $"Any caller with credentials may ask for any '{id.Name}', and {FieldWords.PersonalWord(operation)}."
            : null;

    public override string PolicyLine(DeclaredOperation operation) =>
        OperationLine(operation, $"ownership: [ \"path.{FieldWords.ObjectId(operation)?.Name} == token.sub\" ]");
}
