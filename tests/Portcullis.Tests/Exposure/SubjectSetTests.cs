using CsCheck;
using Portcullis.Core.Exposure;
using Portcullis.Core.Hashing;
using Xunit;

namespace Portcullis.Tests.Exposure;

public sealed class SubjectSetTests
{
    private const uint Start = 30_000_000;

    [Fact]
    public void Never_counts_fewer_than_were_released_in_any_window()
    {
        var step = Gen.Select(Gen.Int[0, 300], Gen.UInt[0, 400]);
        Gen.Select(step.Array[1, 400], Gen.UInt[1, 43_200])
            .Sample(
                (steps, window) =>
                {
                    var set = new SubjectSet();
                    var latest = new Dictionary<int, uint>();
                    var now = Start;
                    foreach (var (subject, minutes) in steps)
                    {
                        now += minutes;
                        set.Release(KeyOf(subject), now);
                        latest[subject] = now;
                        var since = now - window;
                        var exact = latest.Values.Count(minute => minute >= since);
                        var counted = set.CountSince(now, since);
                        var hourlySince = window < 120 ? since : since / 60 * 60;
                        var most = latest.Values.Count(minute => minute >= hourlySince);
                        if (counted < exact || counted > most)
                        {
                            return false;
                        }
                    }
                    return true;
                }
            );
    }

    [Fact]
    public void Counts_a_subject_once_however_often_it_is_released()
    {
        var set = new SubjectSet();
        for (uint i = 0; i < 1000; i++)
        {
            set.Release(KeyOf((int)(i % 50)), Start + i);
        }

        Assert.Equal(50, set.CountSince(Start + 1000, Start));
    }

    [Fact]
    public void Past_its_capacity_every_release_counts_as_new()
    {
        var set = new SubjectSet(capacity: 200);
        for (var subject = 0; subject < 10_000; subject++)
        {
            set.Release(KeyOf(subject), Start);
        }

        Assert.Equal(10_000, set.CountSince(Start, Start));
        Assert.InRange(set.Count, 0, 512);
        Assert.False(set.Contains(KeyOf(9_999), Start));
    }

    [Fact]
    public void Releases_older_than_the_longest_window_make_room_again()
    {
        var set = new SubjectSet(capacity: 1000);
        for (uint day = 0; day < 400; day++)
        {
            for (var i = 0; i < 20; i++)
            {
                set.Release(KeyOf((int)(day * 20) + i), Start + (day * 1440));
            }
        }

        var now = Start + (399 * 1440);
        Assert.Equal(20, set.CountSince(now, now));
        Assert.InRange(set.CountSince(now, now - (30 * 1440)), 31 * 20, 32 * 20);
    }

    [Fact]
    public void Contains_only_what_was_released_since()
    {
        var set = new SubjectSet();
        for (var subject = 0; subject < 100; subject++)
        {
            set.Release(KeyOf(subject), Start + (uint)subject);
        }

        Assert.True(set.Contains(KeyOf(50), Start + 50));
        Assert.False(set.Contains(KeyOf(50), Start + 51));
        Assert.False(set.Contains(KeyOf(500), 0));
    }

    private static Key128 KeyOf(int subject) => SipHash128.Hash(new Key128(1, 2), BitConverter.GetBytes(subject));
}
