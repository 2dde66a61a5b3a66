using Portcullis.Core.Classification;
using Portcullis.Core.Hashing;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class AliasLinksTests
{
    [Fact]
    public void Finds_every_alias_after_growing()
    {
        var links = new AliasLinks();
        for (var i = 1UL; i <= 5_000; i++)
        {
            links.Learn(new Key128(i, i * 7919), new Key128(i, i));
        }
        for (var i = 1UL; i <= 5_000; i++)
        {
            Assert.True(links.TryFind(new Key128(i, i * 7919), out var subject));
            Assert.Equal(new Key128(i, i), subject);
        }
    }

    [Fact]
    public void Links_nothing_new_once_full()
    {
        var links = new AliasLinks(capacity: 2);
        links.Learn(new Key128(1, 1), new Key128(9, 9));
        links.Learn(new Key128(2, 2), new Key128(9, 9));
        links.Learn(new Key128(3, 3), new Key128(9, 9));
        Assert.False(links.TryFind(new Key128(3, 3), out _));
        Assert.True(links.TryFind(new Key128(1, 1), out _));
    }

    [Fact]
    public void Lets_nobody_gather_everybodys_aliases_under_one_subject()
    {
        var links = new AliasLinks();
        for (var i = 1UL; i <= 20; i++)
        {
            links.Learn(new Key128(i, i), new Key128(9, 9));
        }
        Assert.Equal(AliasLinks.MaxPerSubject, links.Count);
    }
}
