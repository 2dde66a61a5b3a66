namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Numbers as ids, so that the next record is one step away.</summary>
internal sealed class EnumerableIds : ExposurePattern
{
    public override string Id => "enumerable-ids";

    public override string Breach => "Optus 2022, car makers 2022";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        FieldWords.ObjectId(operation) is { IsNumeric: true } id && FieldWords.ReturnsPersonalData(operation)
            ? $"'{id.Name}' is a number, so all records can be walked, and {FieldWords.PersonalWord(operation)}."
            : null;

    public override string PolicyLine(DeclaredOperation operation) => BudgetLine(operation, "per: caller, limit: 20, window: 1d");
}
