using Portcullis.Api.Answers;

namespace Portcullis.Commands;

/// <summary>Budgets and what they stand at, as a table.</summary>
internal static class BudgetTable
{
    public static void Write(TextWriter text, IReadOnlyList<BudgetAnswer> budgets) =>
        CommandTable.Write(
            text,
            ["budget", "of", "used", "limit", "window"],
            budgets.Select(one =>
                new[] { one.Name, one.Scope, CommandTable.Number(one.Used), CommandTable.Number(one.Limit), one.Window }
            )
        );
}
