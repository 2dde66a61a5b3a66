using System.Text.Json.Nodes;
using Portcullis.TestKit;

namespace Portcullis.Tests.Contracts;

public sealed class SchemaSuiteTests(ITestOutputHelper output)
{
    // References inside a schema need that schema as the root of a document; these keywords are noted and not held.
    private static readonly string[] Beyond =
    [
        "$ref",
        "$id",
        "$anchor",
        "$defs",
        "$dynamicRef",
        "unevaluated",
        "dependent",
        "$vocabulary",
        "\"enum\":[]",
        "\\\\p",
    ];

    [Fact]
    public void Agrees_with_the_public_suite_for_every_keyword_that_is_held()
    {
        var folder = PublicTestData.Find("json-schema-test-suite");
        Assert.SkipWhen(folder is null, PublicTestData.Missing("json-schema-test-suite"));
        var wrong = new List<string>();
        var count = 0;
        foreach (
            var file in Directory
                .EnumerateFiles(Path.Combine(folder!, "tests", "draft2020-12"), "*.json")
                .Order(StringComparer.Ordinal)
        )
        {
            if (Path.GetFileName(file) == "format.json")
            {
                // It says that formats are annotations; a gate holds those it knows.
                continue;
            }
            foreach (var group in JsonNode.Parse(File.ReadAllText(file))!.AsArray())
            {
                var schema = group!["schema"]!.ToJsonString();
                if (Beyond.Any(word => schema.Contains(word, StringComparison.Ordinal)))
                {
                    continue;
                }
                var operation = ContractText.WithBody(schema);
                foreach (var test in group["tests"]!.AsArray())
                {
                    count++;
                    var judged = ContractText.Judge(
                        ContractText.Request(operation, body: test!["data"]?.ToJsonString() ?? "null")
                    );
                    if (judged.StartsWith("Refuse", StringComparison.Ordinal) == test["valid"]!.GetValue<bool>())
                    {
                        wrong.Add($"{Path.GetFileName(file)}: {group["description"]}: {test["description"]}: {judged}");
                    }
                }
            }
        }
        output.WriteLine($"{count} cases, {wrong.Count} wrong");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
