using System.Reflection;
using Portcullis.Commands;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Xunit;

namespace Portcullis.Tests.Repository;

/// <summary>Every id that users, journals and scripts rely on, listed in a file: one that disappears or changes shows up in review.</summary>
public sealed class CatalogTests
{
    private const string Golden = "tests/Portcullis.Tests/Repository/catalog.golden.txt";

    [Fact]
    public void The_catalog_is_as_listed()
    {
        var actual = string.Join("\n", Catalog()) + "\n";
        if (Environment.GetEnvironmentVariable("ACCEPT_CATALOG") == "1")
        {
            File.WriteAllText(Path.Combine(RepositoryFiles.Root, Golden), actual);
        }
        var expected = RepositoryFiles.Read(Golden).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var found = Catalog().ToList();
        Assert.True(
            expected.SequenceEqual(found),
            $"""
            The catalog changed.
            gone: {string.Join(", ", expected.Except(found))}
            new: {string.Join(", ", found.Except(expected))}
            If that is meant: ACCEPT_CATALOG=1 ./test -class {typeof(CatalogTests).FullName}
            """
        );
    }

    [Fact]
    public void No_id_is_listed_twice() =>
        Findings.None(
            Catalog().GroupBy(line => line.Split(" = ")[0]).Where(group => group.Count() > 1).Select(group => group.Key)
        );

    [Fact]
    public void No_two_data_classes_share_a_bit() =>
        Findings.None(
            DataClasses()
                .GroupBy(one => one.Bit)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(", ", group.Select(one => one.Id)))
        );

    private static IEnumerable<string> Catalog() =>
        [
            .. Commands(),
            .. DataClasses().OrderBy(one => one.Bit).Select(one => $"data class {one.Bit:00} {one.Id}"),
            .. Guards(),
            .. Reasons(),
            .. Scenarios(),
        ];

    private static IEnumerable<string> Commands() => CommandCatalog.Discover().Select(command => $"command {command.Name}");

    private static IEnumerable<DataClass> DataClasses() =>
        typeof(DataClass)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DataClass)) && !type.IsAbstract && type.GetConstructor(Any, []) is not null)
            .Select(type => (DataClass)Activator.CreateInstance(type, nonPublic: true)!);

    // In the order in which they judge: order is security.
    private static IEnumerable<string> Guards() =>
        SourceFile
            .All.Single(file => file.Path == "src/Portcullis.Core/Gate.cs")
            .Text.Lines.Select(line => line.ToString().Trim())
            .Where(line => line.StartsWith("new ", StringComparison.Ordinal) && line.Contains("Guard("))
            .Select((line, index) => $"guard {index + 1} {line[4..line.IndexOf('(')]}");

    private static IEnumerable<string> Reasons() =>
        typeof(Gate)
            .Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type =>
                type.GetFields(Any | BindingFlags.Static).Where(field => field.FieldType == typeof(Reason) && field.IsStatic)
            )
            .Select(field => (Reason)field.GetValue(null)!)
            .Select(reason => $"reason {reason.Id} = {reason.Status}")
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Scenarios() =>
        RepositoryFiles
            .All.Where(path =>
                path.StartsWith("scenarios/", StringComparison.Ordinal)
                && path.EndsWith("/scenario.yaml", StringComparison.Ordinal)
            )
            .Select(path => $"scenario {path.Split('/')[^2]}");

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
}
