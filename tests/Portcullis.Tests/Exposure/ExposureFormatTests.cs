using CsCheck;
using Portcullis.Core.Exposure;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Xunit;

namespace Portcullis.Tests.Exposure;

/// <summary>Used budgets as bytes that another gateway can merge.</summary>
public sealed class ExposureFormatTests
{
    private const uint Start = 30_000_000;

    private static Key128 Subject(int number) => new(1, (ulong)number * 0x9E3779B97F4A7C15 + 1);

    private static byte[] Write(PoolState pool)
    {
        var writer = new RecordWriter();
        ExposureFormat.Write(writer, pool);
        return writer.Written.ToArray();
    }

    private static PoolState Merge(params byte[][] parts)
    {
        var pool = new PoolState("all");
        foreach (var part in parts)
        {
            var reader = new RecordReader(part);
            ExposureFormat.Merge(ref reader, _ => pool);
            Assert.True(reader.IsAtEnd);
        }
        return pool;
    }

    [Fact]
    public void Format_is_frozen()
    {
        var pool = new PoolState("all");
        pool.Exposure.GetOrAdd("*", 65_536).Release(new Key128(9, 7), Start);
        pool.Members.Release(new Key128(9, 5), Start + 1);

        Assert.Equal("0103616C6C01012A80800401078087A70E00808004010581" + "87A70E00", Convert.ToHexString(Write(pool)));
    }

    [Fact]
    public void Later_version_and_damage_are_refused()
    {
        var bytes = Write(new PoolState("all"));
        Assert.Throws<InvalidDataException>(() => Merge([2, .. bytes[1..]]));
        Assert.Throws<InvalidDataException>(() => Merge(bytes[..^1]));
    }

    [Fact]
    public void Merged_windows_hold_the_subjects_of_both_once_and_in_any_order() =>
        Gen.Select(
                Gen.Select(Gen.Int[0, 150], Gen.UInt[0, 40_000]).Array[0, 120],
                Gen.Select(Gen.Int[0, 150], Gen.UInt[0, 40_000]).Array[0, 120],
                Gen.UInt[1, 43_200]
            )
            .Sample(
                (left, right, window) =>
                {
                    var (a, b) = (Of(left), Of(right));
                    var now = Start + 40_000;
                    var since = now - window;
                    var (ab, ba) = (Merge(Write(a), Write(b)), Merge(Write(b), Write(a)));
                    var exact = left.Concat(right).Where(one => Start + one.Item2 >= since).Select(one => one.Item1).ToHashSet();
                    var counted = Count(ab, now, since);
                    return counted >= exact.Count
                        && Count(ba, now, since) >= exact.Count
                        && exact.All(subject => ab.Exposure.Find("*")!.Contains(Subject(subject), since))
                        && Count(Merge(Write(ab)), now, since) == counted;
                }
            );

    [Fact]
    public void What_a_full_set_could_not_name_still_counts_after_the_merge()
    {
        var pool = new PoolState("all");
        var set = pool.Exposure.GetOrAdd("*", 200);
        for (var i = 0; i < 10_000; i++)
        {
            set.Release(Subject(i), Start + (uint)i / 100);
        }
        var before = set.CountSince(Start + 100, Start);

        Assert.True(before >= 10_000);
        Assert.True(Count(Merge(Write(pool)), Start + 100, Start) >= 10_000);
    }

    private static PoolState Of((int Subject, uint Minutes)[] releases)
    {
        var pool = new PoolState("all");
        var set = pool.Exposure.GetOrAdd("*", 65_536);
        foreach (var (subject, minutes) in releases.OrderBy(one => one.Minutes))
        {
            set.Release(Subject(subject), Start + minutes);
        }
        return pool;
    }

    private static int Count(PoolState pool, uint now, uint since) => pool.Exposure.Find("*")?.CountSince(now, since) ?? 0;
}
