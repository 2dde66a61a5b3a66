using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portcullis.Tests.Repository;

/// <summary>One folder of a project uses another. What stands at the project's root, its spine, is seen by all and counts for none.</summary>
internal sealed record FolderArrow(string From, string To, string Place)
{
    public static IReadOnlyList<FolderArrow> Within(string project)
    {
        var files = SourceFile.Under($"src/{project}/").ToArray();
        var folders = files.Select(file => Folder(file.Path)).OfType<string>().ToHashSet();
        return
        [
            .. from file in files
            let own = Folder(file.Path)
            where own is not null
            from name in Names(file)
            let used = Used(name, project, folders)
            where used is not null && used != own
            select new FolderArrow(own, used, file.Place(name)),
        ];
    }

    public override string ToString() => $"{From} → {To}: {Place}";

    private static string? Folder(string path) => path.Split('/') is { Length: > 3 } parts ? parts[2] : null;

    private static IEnumerable<NameSyntax> Names(SourceFile file) =>
        file
            .Unit.Usings.Select(directive => directive.Name)
            .OfType<NameSyntax>()
            .Concat(file.Unit.DescendantNodes(node => node is not UsingDirectiveSyntax).OfType<QualifiedNameSyntax>());

    // `Portcullis.Core.Json` of a using, or `Json.JsonTape` where a namespace is spelled out from here.
    private static string? Used(NameSyntax name, string project, HashSet<string> folders)
    {
        var text = name.ToString();
        var rest = text.StartsWith(project + ".", StringComparison.Ordinal) ? text[(project.Length + 1)..] : text;
        var first = rest.Split('.')[0];
        return folders.Contains(first) ? first : null;
    }
}
