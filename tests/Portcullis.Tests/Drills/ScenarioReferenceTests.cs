using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Tests.Repository;
using Xunit;

namespace Portcullis.Tests.Drills;

/// <summary>The reference of scenario keys is whole, and its example runs.</summary>
public sealed partial class ScenarioReferenceTests : IDisposable
{
    private static readonly string[] Readers = ["Text", "Number", "Whole", "Word", "List", "Pairs", "Map", "Maps", "Items"];

    private static readonly Type[] Words =
    [
        typeof(AnswerShape),
        typeof(AttackOrder),
        typeof(CredentialKind),
        typeof(KnowledgeLevel),
        typeof(NetworkKind),
        typeof(PersonValue),
        typeof(Rhythm),
        typeof(UpstreamCheck),
        typeof(Whom),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("scenario").FullName;

    private static string Reference => RepositoryFiles.Read("docs/reference/scenario.md");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_key_that_is_read_is_described()
    {
        var keys = (
            from file in SourceFile.Under("src/Portcullis.Drills/Scenarios/")
            from call in file.Unit.DescendantNodes().OfType<InvocationExpressionSyntax>()
            where call.Expression is MemberAccessExpressionSyntax access && Readers.Contains(NameOf(access))
            where call.ArgumentList.Arguments is [{ Expression: LiteralExpressionSyntax }, ..]
            select ((LiteralExpressionSyntax)call.ArgumentList.Arguments[0].Expression).Token.ValueText
        ).ToHashSet();

        Assert.True(keys.Count > 35, $"{keys.Count} keys found");
        Findings.None(keys.Where(key => !Reference.Contains($"`{key}`") && !Reference.Contains($"[].{key}`")));
    }

    [Fact]
    public void Every_word_is_described() =>
        Findings.None(
            from type in Words
            from name in Enum.GetNames(type)
            let word = char.ToLowerInvariant(name[0]) + name[1..]
            where !Reference.Contains($"`{word}`")
            select $"{type.Name}: {word}"
        );

    [Fact]
    public void The_example_keeps_its_promise()
    {
        foreach (Match file in Example().Matches(Reference))
        {
            File.WriteAllText(Path.Combine(_folder, file.Groups["name"].Value), file.Groups["text"].Value);
        }

        var result = Assert.Single(
            ReplayRunner.Run(
                new ReplayOptions
                {
                    Scenarios = [_folder],
                    Variant = "patient",
                    Knowledge = [KnowledgeLevel.Policy],
                    Attackers = [AttackerKind.Proxies],
                    Seed = 5,
                    Identities = 1,
                }
            )
        );

        Assert.True(result.LostWithout > 1_000, $"without a gate {result.LostWithout} are lost");
        Assert.True(result.BenignRequests > 30_000, $"{result.BenignRequests} honest requests");
        Assert.Equal((0, 0, true), (result.Lost, result.BenignDenied, result.Met));
    }

    // A generic call names its type: node.Word<Rhythm>("rhythm").
    private static string NameOf(MemberAccessExpressionSyntax access) => access.Name.Identifier.ValueText;

    [GeneratedRegex("`(?<name>[a-z]+\\.yaml)`\n\n```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
