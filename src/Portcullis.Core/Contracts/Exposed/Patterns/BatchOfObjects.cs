namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>One call that asks for any number of records.</summary>
internal sealed class BatchOfObjects : ExposurePattern
{
    public override string Id => "batch-of-objects";

    public override string Breach => "Peloton 2021, Facebook contact import 2019";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all) =>
        operation.TakesUnboundedList && FieldWords.ReturnsPersonalData(operation)
            ? $"The request takes a list without a longest length, so a limit on calls limits nothing; {FieldWords.PersonalWord(operation)}."
            : null;

    public override string PolicyLine(DeclaredOperation operation) =>
        BudgetLine(operation, "per: caller, limit: 100, window: 1d");
}
