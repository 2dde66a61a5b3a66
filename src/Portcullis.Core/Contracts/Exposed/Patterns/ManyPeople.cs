namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>Lists of people without a bound on how many.</summary>
internal sealed class ManyPeople : ExposurePattern
{
    public override string Id => "many-people";

    public override string Breach => "LinkedIn 2021, Venmo 2019, FBI InfraGard 2022";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all)
    {
        if (!operation.ReturnsMany || !FieldWords.ReturnsPersonalData(operation))
        {
            return null;
        }
        var page = operation.Parameters.FirstOrDefault(parameter =>
            Array.IndexOf(PageSizes, FieldWords.Normal(parameter.Name)) >= 0
        );
        return page switch
        {
            null => $"One answer lists many people and no parameter bounds how many; {FieldWords.PersonalWord(operation)}.",
            { HasCeiling: false } =>
                $"One answer lists many people and '{page.Name}' has no maximum; {FieldWords.PersonalWord(operation)}.",
            _ => null,
        };
    }

    public override string PolicyLine(DeclaredOperation operation) =>
        BudgetLine(operation, "per: caller, limit: 200, window: 1d");

    private static readonly string[] PageSizes =
    [
        "limit",
        "pagesize",
        "perpage",
        "size",
        "count",
        "top",
        "maxresults",
        "first",
        "take",
    ];
}
