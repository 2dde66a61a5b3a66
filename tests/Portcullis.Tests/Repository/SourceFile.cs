using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Portcullis.Tests.Repository;

/// <summary>One C# file of the repository, parsed.</summary>
internal sealed record SourceFile(string Path, CompilationUnitSyntax Unit, SourceText Text)
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> Parsed = new(() =>
        [.. RepositoryFiles.WithExtension(".cs").AsParallel().AsOrdered().Select(Parse)]
    );

    public static IReadOnlyList<SourceFile> All => Parsed.Value;

    public static IEnumerable<SourceFile> Under(string folder) =>
        All.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal));

    public int Lines => Text.Lines.Count - (Text.Lines[^1].Span.IsEmpty ? 1 : 0);

    /// <summary>Types that are not nested in another type.</summary>
    public IEnumerable<BaseTypeDeclarationSyntax> TopTypes =>
        Unit.DescendantNodes(node => node is not BaseTypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>();

    /// <summary>Where a node stands, as <c>path:line</c>.</summary>
    public string Place(Microsoft.CodeAnalysis.SyntaxNode node) =>
        $"{Path}:{Text.Lines.GetLineFromPosition(node.SpanStart).LineNumber + 1}";

    /// <summary>Lines of a member from its first word to its last brace; attributes, such as the rows of a theory, are data.</summary>
    public int LinesOf(Microsoft.CodeAnalysis.SyntaxNode node)
    {
        var attributes = (node as MemberDeclarationSyntax)?.AttributeLists;
        var start = attributes is { Count: > 0 } lists ? lists[^1].GetLastToken().GetNextToken().SpanStart : node.SpanStart;
        return Text.Lines.GetLineFromPosition(node.Span.End).LineNumber - Text.Lines.GetLineFromPosition(start).LineNumber + 1;
    }

    private static SourceFile Parse(string path)
    {
        var text = SourceText.From(RepositoryFiles.Read(path));
        return new SourceFile(path, CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot(), text);
    }
}
