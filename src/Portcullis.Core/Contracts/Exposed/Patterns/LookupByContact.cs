namespace Portcullis.Core.Contracts.Exposed.Patterns;

/// <summary>An e-mail address, phone number or user name that leads to a profile.</summary>
internal sealed class LookupByContact : ExposurePattern
{
    public override string Id => "lookup-by-contact";

    public override string Breach => "Trello 2024, Twitter 2021, Facebook contact import 2019";

    public override string? Why(DeclaredOperation operation, IReadOnlyList<DeclaredOperation> all)
    {
        var names = operation
            .Parameters.Where(parameter => parameter.In is "path" or "query")
            .Select(parameter => parameter.Name);
        var byFormat = operation.Parameters.FirstOrDefault(parameter => parameter.Format == "email")?.Name;
        var isSearch = operation.Method == "GET" || operation.Template.Contains("search", StringComparison.OrdinalIgnoreCase);
        var key =
            FieldWords.LookupKeyIn(names) ?? byFormat ?? (isSearch ? FieldWords.LookupKeyIn(operation.RequestFields) : null);
        return key is not null && operation.ResponseFields.Count > 0 && !operation.IsLoginLike
            ? $"Whoever knows or guesses a value of '{key}' learns whether it exists and whose it is."
            : null;
    }

    public override string PolicyLine(DeclaredOperation operation) =>
        operation.RequiresAuthentication
            ? BudgetLine(operation, "per: caller, limit: 20, window: 1d")
            : BudgetLine(operation, "per: pool, pool: anonymous, limit: 10, window: 1h, over: token");
}
