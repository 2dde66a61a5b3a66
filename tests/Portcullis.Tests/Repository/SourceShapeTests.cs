using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>Sizes and shapes that keep the source readable.</summary>
public sealed class SourceShapeTests
{
    private const int MostLinesOfAFile = 400;
    private const int MostLinesOfAMethod = 60;
    private const int MostConstructorParameters = 6;

    private static readonly string[] EmptyNames =
    [
        "Manager",
        "Helper",
        "Helpers",
        "Util",
        "Utils",
        "Utilities",
        "Common",
        "Base",
        "Impl",
    ];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Findings.None(
            SourceFile.All.Where(file => file.Lines > MostLinesOfAFile).Select(file => $"{file.Path}: {file.Lines} lines")
        );

    [Fact]
    public void No_method_is_longer_than_60_lines() =>
        Findings.None(
            from file in SourceFile.All
            from method in file.Unit.DescendantNodes()
            where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            let lines = file.LinesOf(method)
            where lines > MostLinesOfAMethod
            select $"{file.Place(method)}: {lines} lines"
        );

    [Fact]
    public void No_constructor_takes_more_than_6_parameters() =>
        Findings.None(
            from file in SourceFile.All
            from node in file.Unit.DescendantNodes()
            let parameters = node switch
            {
                ConstructorDeclarationSyntax constructor => constructor.ParameterList,
                // The parameters of a record are its data, not what it depends on.
                ClassDeclarationSyntax type => type.ParameterList,
                StructDeclarationSyntax type => type.ParameterList,
                _ => null,
            }
            where parameters?.Parameters.Count > MostConstructorParameters
            select $"{file.Place(node)}: {parameters.Parameters.Count} parameters"
        );

    [Fact]
    public void A_file_holds_one_type_and_is_named_after_it() =>
        Findings.None(
            from file in SourceFile.All
            let types = file.TopTypes.Select(type => type.Identifier.Text).ToList()
            where types.Count > 0 && (types.Count > 1 || types[0] != FileName(file))
            select $"{file.Path}: {string.Join(", ", types)}"
        );

    [Fact]
    public void Every_type_says_its_responsibility_in_a_summary() =>
        Findings.None(
            from file in SourceFile.Under("src/")
            from type in file.TopTypes
            where !HasSummary(type) && !IsContinuedElsewhere(file, type)
            select $"{file.Place(type)}: {type.Identifier.Text} has no <summary>"
        );

    [Fact]
    public void Names_say_something() =>
        Findings.None(
            from file in SourceFile.All
            from type in file.TopTypes
            where EmptyNames.Any(word => type.Identifier.Text.EndsWith(word, StringComparison.Ordinal))
            select $"{file.Place(type)}: {type.Identifier.Text}"
        );

    [Fact]
    public void Namespaces_are_file_scoped() =>
        Findings.None(
            from file in SourceFile.All
            from scope in file.Unit.DescendantNodes().OfType<NamespaceDeclarationSyntax>()
            select file.Place(scope)
        );

    [Fact]
    public void Nothing_is_left_to_be_done_later() =>
        Findings.None(
            from file in SourceFile.All
            from trivia in file.Unit.DescendantTrivia(descendIntoTrivia: true)
            where trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
            where new[] { "TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X" }.Any(trivia.ToString().Contains)
            select $"{file.Path}: {trivia}"
        );

    [Fact]
    public void Nothing_is_not_implemented() =>
        Findings.None(
            from file in SourceFile.All
            from name in file.Unit.DescendantNodes().OfType<IdentifierNameSyntax>()
            where name.Identifier.Text == nameof(NotImplementedException)
            where !file.Path.EndsWith(nameof(SourceShapeTests) + ".cs", StringComparison.Ordinal)
            select file.Place(name)
        );

    private static bool HasSummary(SyntaxNode type) =>
        type.GetLeadingTrivia().Any(trivia => trivia.GetStructure()?.ToString().Contains("<summary>") == true);

    // Of a partial type one part speaks for all.
    private static bool IsContinuedElsewhere(SourceFile file, BaseTypeDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PartialKeyword)
        && SourceFile
            .Under(Path.GetDirectoryName(file.Path)!)
            .SelectMany(other => other.TopTypes)
            .Any(other => other.Identifier.Text == type.Identifier.Text && HasSummary(other));

    private static string FileName(SourceFile file) => Path.GetFileNameWithoutExtension(file.Path).Split('.')[0];
}
