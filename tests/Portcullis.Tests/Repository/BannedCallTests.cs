using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>Calls that would make verdicts depend on the wall clock, or guards allocate.</summary>
public sealed class BannedCallTests
{
    private static readonly string[] WallClock =
    [
        "DateTime.UtcNow",
        "DateTime.Now",
        "DateTime.Today",
        "DateTimeOffset.UtcNow",
        "DateTimeOffset.Now",
        "Environment.TickCount",
        "Environment.TickCount64",
    ];
    private static readonly string[] Sleeping = ["Thread.Sleep", "Task.Delay"];
    private static readonly string[] Chance = ["Random.Shared", "Guid.NewGuid", "HashCode.Combine"];
    private static readonly string[] Linq =
    [
        "Select",
        "SelectMany",
        "Where",
        "Any",
        "All",
        "First",
        "FirstOrDefault",
        "Single",
        "SingleOrDefault",
        "ToList",
        "ToArray",
        "ToDictionary",
        "OrderBy",
        "GroupBy",
        "Distinct",
        "Aggregate",
    ];

    [Fact]
    public void Source_takes_its_time_from_a_time_provider() => Findings.None(Calls("src/", WallClock));

    [Fact]
    public void Nothing_that_decides_is_left_to_chance() => Findings.None(Calls("src/Portcullis.Core/", Chance));

    [Fact]
    public void Unit_tests_neither_sleep_nor_read_the_wall_clock() =>
        Findings.None(Calls("tests/Portcullis.Tests/", [.. WallClock, .. Sleeping]));

    [Fact]
    public void No_thread_sleeps() => Findings.None(Calls("", ["Thread.Sleep"]));

    [Fact]
    public void Guards_use_no_linq_closures_or_text_building() =>
        Findings.None(
            from file in SourceFile.Under("src/Portcullis.Core/")
            from type in file.TopTypes.OfType<ClassDeclarationSyntax>()
            where type.BaseList?.Types.Any(parent => parent.Type.ToString() == "Guard") == true
            from method in type.Members.OfType<MethodDeclarationSyntax>()
            from node in method.DescendantNodes()
            where
                node is AnonymousFunctionExpressionSyntax or InterpolatedStringExpressionSyntax or QueryExpressionSyntax
                || node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call }
                    && Linq.Contains(call.Name.Identifier.Text)
            select $"{file.Place(node)}: {node}"
        );

    [Fact]
    public void Regular_expressions_in_the_core_cannot_backtrack() =>
        Findings.None(
            from file in SourceFile.Under("src/Portcullis.Core/")
            from node in file.Unit.DescendantNodes()
            where node is ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Regex" } }
            where !node.ToString().Contains("NonBacktracking")
            select file.Place(node)
        );

    private static IEnumerable<string> Calls(string folder, string[] banned) =>
        from file in SourceFile.Under(folder)
        from node in file.Unit.DescendantNodes()
        where node.IsKind(SyntaxKind.SimpleMemberAccessExpression) && banned.Contains(node.ToString())
        select $"{file.Place(node)}: {node}";
}
