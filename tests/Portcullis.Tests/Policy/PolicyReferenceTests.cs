using System.Text.Json;
using Portcullis.Core.Policy.Reference;
using Xunit;

namespace Portcullis.Tests.Policy;

public sealed class PolicyReferenceTests
{
    [Fact]
    public void Keeps_the_schema_for_editors_current() => Current(PolicySchema.Write(), "schema", "portcullis.schema.json");

    [Fact]
    public void Keeps_the_reference_current() => Current(PolicyReference.Write(), "docs", "reference", "policy.md");

    [Fact]
    public void Writes_a_schema_that_allows_no_unknown_key()
    {
        using var schema = JsonDocument.Parse(PolicySchema.Write());

        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal("upstreams", schema.RootElement.GetProperty("required")[0].GetString());
    }

    private static void Current(string generated, params string[] parts)
    {
        var file = RepositoryFolder.Of(parts);
        if (RepositoryFolder.IsUpdating)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, generated);
        }
        Assert.Equal(File.ReadAllText(file), generated);
    }
}
