using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>Code in documents compiles, against the product as it is.</summary>
public sealed partial class DocumentCodeTests
{
    private const string Implicit = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Http;
        """;

    // The assembly is called like this one, so that it sees what the product shows to its tests.
    private const string Name = "Portcullis.Tests";

    private static readonly Lazy<MetadataReference[]> Platform = new(() =>
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
                .Split(Path.PathSeparator)
                .Where(path => Path.GetFileNameWithoutExtension(path) != Name)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ]
    );

    public static TheoryData<string> Documents =>
        [.. RepositoryFiles.WithExtension(".md").Where(path => Block().IsMatch(RepositoryFiles.Read(path)))];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Code_compiles(string document) =>
        Findings.None(
            from Match block in Block().Matches(RepositoryFiles.Read(document))
            from fault in Faults(block.Groups["code"].Value)
            select $"{document}: {fault}"
        );

    [Fact]
    public void A_mistake_is_found() => Assert.Contains(Faults("Console.WriteLin();"), fault => fault.Contains("WriteLin"));

    private static IEnumerable<string> Faults(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code);
        var isProgram = tree.GetCompilationUnitRoot()
            .Members.Any(member => member is Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax);
        var options = new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable
        );
        return CSharpCompilation
            .Create(Name, [CSharpSyntaxTree.ParseText(Implicit), tree], Platform.Value, options)
            .GetDiagnostics()
            .Where(found => found.Severity >= DiagnosticSeverity.Warning)
            .Select(found => found.ToString());
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
