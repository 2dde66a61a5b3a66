using Portcullis.Core.Contracts.Documents;

namespace Portcullis.Core.Contracts;

/// <summary>An OpenAPI document (2.0, 3.0, 3.1; JSON or YAML), read and compiled, or the reasons why it cannot be.</summary>
public sealed class ContractDocument
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    public string Title { get; init; } = "";

    /// <summary>In the order written; only what is usable when there are errors.</summary>
    public IReadOnlyList<DeclaredOperation> Operations { get; init; } = [];

    /// <summary>Everything that makes the contract unusable, at once; none when it is usable.</summary>
    public IReadOnlyList<ContractError> Errors { get; init; } = [];

    /// <summary>What is not held, or looks like an oversight, but does not stand in the way.</summary>
    public IReadOnlyList<ContractError> Notes { get; init; } = [];

    /// <summary>Full paths of the file and of all files it refers to, read or not.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public bool IsUsable => Errors.Count == 0;

    /// <summary>Reads a contract; never throws on its content.</summary>
    /// <param name="path">JSON or YAML; files it refers to are read beside it, never from the network.</param>
    /// <param name="classesOf">Data classes by field name, one bit each; null leaves <see cref="DeclaredOperation.DeclaredClasses"/> empty.</param>
    public static ContractDocument Load(string path, Func<string, ulong>? classesOf = null)
    {
        var tree = new ContractTree(path);
        var operations = new List<DeclaredOperation>();
        var title = "";
        if (tree.Open() is { } root)
        {
            title = root.Find("info")?.Find("title")?.Text ?? "";
            operations.AddRange(new ContractCompiler(tree, classesOf ?? (static _ => 0)).Compile(root));
            if (tree.Errors.Count == 0)
            {
                SpecificationNotes.Add(tree, root);
            }
        }
        return new ContractDocument
        {
            Path = path,
            Title = title,
            Operations = operations,
            Errors = [.. tree.Errors],
            Notes = [.. tree.Notes],
            Files = [.. tree.Files],
        };
    }
}
