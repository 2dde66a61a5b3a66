using System.Text.RegularExpressions;
using Portcullis.Commands;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>Documents say what is so: files, commands and options they name exist.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Folders = ["src/", "tests/", "docs/", "samples/", "scenarios/", "benchmarks/", ".ci/"];

    public static TheoryData<string> Documents => [.. RepositoryFiles.WithExtension(".md")];

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("LICENSE")]
    [InlineData("portcullis")]
    [InlineData("test")]
    [InlineData(".ci/run")]
    public void The_repository_has_its_front_pages_and_launchers(string path) => Assert.Contains(path, RepositoryFiles.All);

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document) =>
        Findings.None(
            from link in Link().Matches(RepositoryFiles.Read(document))
            let target = (link.Groups["target"].Success ? link.Groups["target"] : link.Groups["source"]).Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://") && !target.StartsWith("mailto:", StringComparison.Ordinal)
            where !Exists(Path.Combine(Path.GetDirectoryName(document)!, target))
            select $"{document}: {target}"
        );

    [Theory]
    [MemberData(nameof(Documents))]
    public void Paths_exist(string document) =>
        Findings.None(
            from word in Code(document).SelectMany(code => code.Split(' ', '\n', '`', '"', '\'', '(', ')', ',', ';'))
            let path = word.TrimStart('.', '/').TrimEnd('.', ':')
            let real = word.StartsWith(".ci/", StringComparison.Ordinal) ? word : path
            where
                Folders.Any(folder => real.StartsWith(folder, StringComparison.Ordinal))
                && !real.Contains('<')
                && !real.Contains('*')
            where !Exists(real) && !Exists(Path.Combine(Path.GetDirectoryName(document)!, real))
            select $"{document}: {word}"
        );

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_and_options_exist(string document) =>
        Findings.None(UnknownIn(document, string.Join("\n", Code(document))));

    /// <summary>Remedies of errors name commands, too.</summary>
    [Fact]
    public void Messages_name_commands_and_options_that_exist() =>
        Findings.None(
            from path in RepositoryFiles.WithExtension(".cs")
            where path.StartsWith("src/", StringComparison.Ordinal)
            from code in Inline().Matches(RepositoryFiles.Read(path)).Select(match => match.Groups["code"].Value)
            from wrong in UnknownIn(path, code)
            select wrong
        );

    [Fact]
    public void The_examples_of_every_command_parse() =>
        Findings.None(
            from command in CommandCatalog.Discover()
            from example in command.Examples
            let words = example.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            let known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").ToHashSet()
            from word in words
            where word.StartsWith("--", StringComparison.Ordinal) && !known.Contains(word.Split('=')[0])
            select $"{example}: {word}"
        );

    private static List<string> UnknownIn(string place, string code)
    {
        var commands = CommandCatalog.Discover().ToDictionary(command => command.Name);
        var wrong = new List<string>();
        foreach (Match call in Call().Matches(code.Replace("\\\n", " ")))
        {
            if (!commands.TryGetValue(call.Groups["verb"].Value, out var command))
            {
                wrong.Add($"{place}: {call.Value}");
                continue;
            }
            var known = command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Append("--help").ToHashSet();
            wrong.AddRange(
                Option()
                    .Matches(call.Groups["rest"].Value)
                    .Select(option => option.Value)
                    .Where(option => !known.Contains(option))
                    .Select(option => $"{place}: {command.Name} {option}")
            );
        }
        return wrong;
    }

    private static bool Exists(string path)
    {
        var full = Path.GetFullPath(Path.Combine(RepositoryFiles.Root, path));
        return File.Exists(full) || Directory.Exists(full);
    }

    /// <summary>What stands in fences and between backticks.</summary>
    private static IEnumerable<string> Code(string document)
    {
        var text = RepositoryFiles.Read(document);
        var fences = Fence().Matches(text).Select(match => match.Groups["code"].Value).ToList();
        return fences.Concat(Inline().Matches(Fence().Replace(text, "")).Select(match => match.Groups["code"].Value));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|<img[^>]*src=""(?<source>[^""]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Link();

    [GeneratedRegex(@"```[a-z]*\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`(?<code>[^`\n]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?<=^|\./|[|&] *)portcullis +(?<verb>[a-z]+)(?<rest>[^\n#|]*)", RegexOptions.Multiline)]
    private static partial Regex Call();

    [GeneratedRegex(@"(?<= )--[a-z-]+")]
    private static partial Regex Option();
}
