using Portcullis.Core.Hashing;
using Portcullis.Storage.Sqlite;
using Xunit;

namespace Portcullis.Tests.Storage;

public sealed class WrittenAliasesTests
{
    private readonly WrittenAliases _written = new();
    private readonly KeyRing _keys = KeyRing.CreateRandom();

    [Fact]
    public void Knows_what_was_written_and_nothing_else()
    {
        for (var i = 0; i < 10_000; i++)
        {
            Add(i);
        }
        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(_written.Contains(KeyOf(i), KeyOf(-i)));
            Assert.False(_written.Contains(KeyOf(i), KeyOf(-i - 1)));
            Assert.False(_written.Contains(KeyOf(i + 1), KeyOf(-i)));
        }
    }

    [Fact]
    public void Knows_the_latest_of_more_than_it_can_hold()
    {
        const int Rows = 1_500_000;
        for (var i = 0; i < Rows; i++)
        {
            Add(i);
        }
        var known = Enumerable.Range(0, Rows).Count(i => _written.Contains(KeyOf(i), KeyOf(-i)));
        Assert.InRange(known, 900_000, 1 << 20);
        Assert.True(_written.Contains(KeyOf(Rows - 1), KeyOf(1 - Rows)));
    }

    [Fact]
    public void Knows_nothing_once_rows_were_deleted()
    {
        Add(1);
        _written.Clear();
        Assert.False(_written.Contains(KeyOf(1), KeyOf(-1)));
    }

    private void Add(int number) => _written.Add([new AliasKey(KeyOf(number), KeyOf(-number))]);

    private Key128 KeyOf(int number) => _keys.Hash(KeyPurpose.Subject, BitConverter.GetBytes(number));
}
