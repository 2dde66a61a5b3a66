using System.Text;
using Portcullis.Core.Classification;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class ItemFieldReaderTests
{
    [Theory]
    [InlineData("""{"accountId":7}""", "accountId", "7")]
    [InlineData("""{"x":{"owner":{"id":1}},"owner":{"z":[1,{"id":3}],"id":"A\u002d9"}}""", "owner.id", "A-9")]
    [InlineData("""{"a":{"b":{"c":true}},"d":1}""", "a.b.c", "true")]
    [InlineData("""{"a":{"x":1},"b":2}""", "b", "2")]
    [InlineData("""{"id":1,"id":2}""", "id", null)]
    [InlineData("""{"owner":{"id":1},"owner":{"id":2}}""", "owner.id", null)]
    [InlineData("""{"id":null}""", "id", null)]
    [InlineData("""{"id":{"id":1}}""", "id", null)]
    [InlineData("""[{"id":1}]""", "id", null)]
    [InlineData("""{"id":""", "id", null)]
    [InlineData("", "id", null)]
    [InlineData("""{"id":"longer than the buffer that is given here"}""", "id", null)]
    public void Reads_one_field_or_says_it_cannot(string item, string path, string? expected)
    {
        var buffer = new byte[16];
        var found = ItemFieldReader.TryFind(Encoding.UTF8.GetBytes(item), Encoding.UTF8.GetBytes(path), buffer, out var length);
        Assert.Equal(expected, found ? Encoding.UTF8.GetString(buffer, 0, length) : null);
    }
}
