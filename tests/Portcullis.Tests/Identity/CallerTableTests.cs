using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Identity;

public sealed class CallerTableTests
{
    [Fact]
    public void Callers_that_come_at_once_from_many_threads_get_one_row_each()
    {
        var table = new CallerTable();
        var seen = new CallerState[8][];
        Parallel.For(
            0,
            seen.Length,
            thread =>
            {
                seen[thread] = new CallerState[5000];
                for (var i = 0; i < 5000; i++)
                {
                    var number = (i + thread * 617) % 5000;
                    seen[thread][number] = table.GetOrAdd(KeyOf(number), Rung.Account, 1);
                }
            }
        );
        Assert.Equal(5000, table.Count);
        Assert.All(seen, rows => Assert.True(rows.AsSpan().SequenceEqual(seen[0])));
        Assert.Equal(5000, table.Rows.Distinct().Count());
    }

    [Fact]
    public void Rows_taken_out_leave_all_others_to_be_found()
    {
        var table = new CallerTable();
        for (var i = 0; i < 20_000; i++)
        {
            table.GetOrAdd(KeyOf(i), Rung.Account, i);
        }
        for (var i = 0; i < 20_000; i++)
        {
            Assert.True(i % 50 == 0 || table.Remove(KeyOf(i)));
        }
        Assert.False(table.Remove(KeyOf(1)));
        Assert.Equal(400, table.Count);
        for (var i = 0; i < 20_000; i++)
        {
            Assert.Equal(i % 50 == 0, table.TryGet(KeyOf(i), out var row) && row.FirstSeen == i);
        }
        Assert.Equal(400, table.Rows.Count());
    }

    [Fact]
    public void Past_its_capacity_new_identities_share_one_row_for_each_rung()
    {
        var table = new CallerTable { Capacity = 10 };
        for (var i = 0; i < 10; i++)
        {
            table.GetOrAdd(KeyOf(i), Rung.Account, 1);
        }
        var first = table.GetOrAdd(KeyOf(100), Rung.Account, 1);
        Assert.Same(first, table.GetOrAdd(KeyOf(101), Rung.Account, 1));
        Assert.NotSame(first, table.GetOrAdd(KeyOf(102), Rung.Session, 1));
        Assert.Equal(12, table.Count);
    }

    private static Key128 KeyOf(int number) => KeyRingOfTests.Hash(KeyPurpose.Caller, BitConverter.GetBytes(number));

    private static KeyRing KeyRingOfTests { get; } = new(1, new byte[KeyRing.SecretSize]);
}
