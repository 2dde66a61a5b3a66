namespace Portcullis.Core.Contracts.Documents;

/// <summary>A file that is no well-formed JSON or YAML; caught where the file is read.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught inside this folder, always with a line and a remedy.
internal sealed class ContractSyntaxException(int line, string problem, string remedy) : Exception(problem)
#pragma warning restore CA1032, CA1064
{
    /// <summary>1-based.</summary>
    public int Line => line;

    public string Remedy => remedy;

    public static ContractSyntaxException Duplicate(int line, string name) =>
        new(line, $"The key '{name}' stands twice in one object.", "Remove one of the two; nobody can say which one counts.");

    public static ContractSyntaxException TooDeep(int line) =>
        new(line, $"The document nests deeper than {ContractSource.MaxDepth} levels.", "Use references instead of nesting.");
}
