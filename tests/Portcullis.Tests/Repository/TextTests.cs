using System.Text.RegularExpressions;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>What no text file of the repository contains.</summary>
public sealed partial class TextTests
{
    private static readonly string[] Extensions =
    [
        ".cs",
        ".md",
        ".yaml",
        ".yml",
        ".json",
        ".csproj",
        ".props",
        ".slnx",
        ".sh",
        ".lua",
        ".html",
        ".txt",
        ".svg",
        "",
    ];

    [Fact]
    public void No_path_of_a_developers_machine() => Findings.None(Lines(line => MachinePath().IsMatch(line)));

    [Fact]
    public void No_address_of_a_package_registry() => Findings.None(Lines(line => RegistryHost().IsMatch(line)));

    [Fact]
    public void Documents_speak_of_the_product_only() =>
        Findings.None(
            Lines(line => ProjectTalk().IsMatch(line))
                .Where(place => place.Split(':')[0].EndsWith(".md", StringComparison.Ordinal))
        );

    [Fact]
    public void Lines_end_without_blanks_or_carriage_returns() =>
        Findings.None(
            Lines(line => line.Length > 0 && (line[^1] is ' ' or '\t' or '\r'))
                .Where(place => !place.StartsWith("LICENSE", StringComparison.Ordinal))
        );

    private static IEnumerable<string> Lines(Func<string, bool> isWrong) =>
        from path in RepositoryFiles.All
        where Extensions.Contains(Path.GetExtension(path)) && !path.EndsWith("packages.lock.json", StringComparison.Ordinal)
        where Path.GetFileName(path) != nameof(TextTests) + ".cs"
        from line in RepositoryFiles.Read(path).Split('\n').Select((text, index) => (text, index))
        where isWrong(line.text)
        select $"{path}:{line.index + 1}: {line.text.Trim()}";

    [GeneratedRegex(@"(^|[\s""'`(=])(/work/|/tmp/wt|/root/|/home/(?!app/portcullis)[a-z]|[A-Z]:\\Users)")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"https?://[a-z0-9.-]*(nuget|npmjs|pypi|debian)\.(org|com)", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryHost();

    [GeneratedRegex(
        @"\b(issue|ticket|pull request|task) #?\d+|(^|\s)#\d+\b|\bsubagent|\bworktree|\blanguage model|\bprompt\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ProjectTalk();
}
