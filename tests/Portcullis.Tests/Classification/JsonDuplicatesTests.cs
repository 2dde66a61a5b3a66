using System.Text;
using Portcullis.Core.Classification;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class JsonDuplicatesTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""", JsonForm.Duplicate)]
    [InlineData("""{"a":1,"\u0061":2}""", JsonForm.Duplicate)]
    [InlineData("""[{"x":{"a":1,"b":{"a":1},"a":2}}]""", JsonForm.Duplicate)]
    [InlineData("""{"a":{"a":{"a":1}},"b":{"a":1}}""", JsonForm.Sound)]
    [InlineData("""[{"a":1},{"a":2}]""", JsonForm.Sound)]
    [InlineData("""{"a":1,"A":2}""", JsonForm.Sound)]
    [InlineData("", JsonForm.Sound)]
    [InlineData("\"text\"", JsonForm.Sound)]
    [InlineData("""{"a":1""", JsonForm.Malformed)]
    [InlineData("""{"\ud800":1}""", JsonForm.Malformed)]
    public void Tells_what_can_be_read_in_one_way_only(string json, JsonForm expected) =>
        Assert.Equal(expected, JsonDuplicates.FormOf(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Finds_the_one_repeated_name_among_a_hundred_thousand()
    {
        var names = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":0"));
        Assert.False(JsonDuplicates.Has(Encoding.UTF8.GetBytes($"{{{names}}}")));
        Assert.True(JsonDuplicates.Has(Encoding.UTF8.GetBytes($"{{{names},\"k77\":1}}")));
    }
}
