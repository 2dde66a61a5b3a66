using Portcullis.Storage.Journal;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>A start takes up what a journal holds, and says what it lacks.</summary>
public sealed class JournalOpeningTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cuts_a_torn_tail_at_every_byte_and_says_where()
    {
        _folder.Append("the first record", "the second record");
        var path = _folder.Segment;
        var whole = File.ReadAllBytes(path);
        var second = JournalFrame.HeaderSize + "the second record".Length;

        for (var missing = 1; missing < second; missing++)
        {
            File.WriteAllBytes(path, whole[..^missing]);
            using var journal = _folder.Open();

            Assert.Equal(["1 the first record"], JournalFolder.Read(journal));
            var note = Assert.Single(journal.Report.Notes);
            // Zeros at its end count as room that was reserved.
            var torn = whole[^second..^missing].AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
            Assert.Contains($"torn tail of {torn} bytes at offset {whole.Length - second}", note, StringComparison.Ordinal);
            Assert.Equal(2, journal.Append("again"u8));
            Assert.Equal(["1 the first record", "2 again"], JournalFolder.Read(journal));
        }
    }

    [Fact]
    public void Removes_a_segment_whose_header_was_never_finished()
    {
        _folder.Append("one");
        for (var size = 0; size < SegmentHeader.Size; size++)
        {
            var header = new byte[SegmentHeader.Size];
            new SegmentHeader(7, 2, 1).Write(header);
            File.WriteAllBytes(JournalSegment.PathOf(_folder.Path, 2), header[..size]);

            using var journal = _folder.Open();

            Assert.Equal(["1 one"], JournalFolder.Read(journal));
            Assert.Single(journal.Report.Notes);
        }
    }

    [Fact]
    public void Gives_back_room_that_was_reserved_and_not_used()
    {
        _folder.Append("one");
        var path = _folder.Segment;
        var length = new FileInfo(path).Length;
        File.AppendAllBytes(path, new byte[5000]);

        using var journal = _folder.Open();

        Assert.Equal(["1 one"], JournalFolder.Read(journal));
        Assert.Empty(journal.Report.Notes);
        Assert.Equal(length, new FileInfo(path).Length);
    }

    [Fact]
    public void Cuts_a_torn_tail_before_reserved_room()
    {
        _folder.Append("one", "two");
        var path = _folder.Segment;
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. whole[..^2], .. new byte[5000]]);

        using var journal = _folder.Open();

        Assert.Equal(["1 one"], JournalFolder.Read(journal));
        Assert.Contains(
            $"torn tail of {JournalFrame.HeaderSize + 1} bytes",
            Assert.Single(journal.Report.Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Keeps_what_follows_a_page_that_a_power_cut_left_empty()
    {
        _folder.Append([.. Enumerable.Range(1, 100).Select(number => $"{number} {new string('x', 300)}")]);
        var path = _folder.Segment;
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(8192, 4096).Clear();
        File.WriteAllBytes(path, bytes);

        using var journal = _folder.Open();

        var kept = JournalFolder.Read(journal);
        Assert.InRange(kept.Length, 84, 90);
        Assert.StartsWith("100 ", kept[^1], StringComparison.Ordinal);
        Assert.Contains("lost power", Assert.Single(journal.Report.Notes), StringComparison.Ordinal);
        Assert.Equal(101, journal.Append("again"u8));
    }

    [Fact]
    public void Refuses_an_empty_page_where_records_were_promised_to_survive_a_power_cut()
    {
        _folder.Append([.. Enumerable.Range(1, 100).Select(number => $"{number} {new string('x', 300)}")]);
        var path = _folder.Segment;
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(8192, 4096).Clear();
        File.WriteAllBytes(path, bytes);

        Assert.Throws<JournalDamagedException>(() => _folder.Open(durability: Durability.Power));
    }

    [Fact]
    public void Refuses_to_open_over_a_damaged_record_that_whole_ones_follow()
    {
        _folder.Append("one", "two", "three");
        _folder.Damage("two");

        var fault = Assert.Throws<JournalDamagedException>(() => _folder.Open());

        Assert.Contains("records 2 to 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--repair", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repairs_on_request_keeps_every_whole_record_and_names_the_gap()
    {
        _folder.Append("one", "two", "three");
        var path = _folder.Damage("two");

        using var journal = _folder.Open(repair: true);

        Assert.Equal(["1 one", "3 three"], JournalFolder.Read(journal));
        Assert.Contains("records 2 to 2", Assert.Single(journal.Report.Notes), StringComparison.Ordinal);
        Assert.True(File.Exists(path + ".damaged"));
        Assert.Equal(4, journal.Append("four"u8));
        journal.Dispose();
        using var reopened = _folder.Open();
        Assert.Equal(["1 one", "3 three", "4 four"], JournalFolder.Read(reopened));
    }

    [Fact]
    public void Tells_of_a_torn_tail_behind_a_gap_too()
    {
        _folder.Append("one", "two", "three", "four");
        var path = _folder.Damage("two");
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path)[..^2], .. new byte[5000]]);

        using var journal = _folder.Open(repair: true);

        Assert.Equal(["1 one", "3 three"], JournalFolder.Read(journal));
        Assert.Collection(
            journal.Report.Notes,
            gap => Assert.Contains("records 2 to 2", gap, StringComparison.Ordinal),
            tail => Assert.Contains("torn tail", tail, StringComparison.Ordinal)
        );
        Assert.Equal(4, journal.Append("again"u8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(SegmentHeader.Size - 1)]
    public void Says_what_a_segment_in_the_middle_lost_that_is_shorter_than_its_header(int size)
    {
        using (var journal = _folder.Open(segmentSize: 1024))
        {
            for (var i = 0; i < 3; i++)
            {
                journal.Append(new byte[900]);
            }
        }
        var path = JournalSegment.PathOf(_folder.Path, 2);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..size]);

        Assert.Throws<JournalDamagedException>(() => _folder.Open());
        using var repaired = _folder.Open(repair: true);

        Assert.Contains(repaired.Report.Notes, static note => note.Contains("records 2 to 2", StringComparison.Ordinal));
        Assert.Equal(4, repaired.Append("four"u8));
    }

    [Fact]
    public void Refuses_to_open_when_a_segment_in_the_middle_is_gone()
    {
        using (var journal = _folder.Open(segmentSize: 1024))
        {
            for (var i = 0; i < 3; i++)
            {
                journal.Append(new byte[900]);
            }
        }
        File.Delete(JournalSegment.PathOf(_folder.Path, 2));

        var fault = Assert.Throws<JournalDamagedException>(() => _folder.Open());

        Assert.Contains("Records 2 to 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_uses_a_sequence_again_that_a_store_has_committed()
    {
        _folder.Append("one");

        using (var journal = _folder.Open(usedSequence: 40))
        {
            Assert.Equal(41, journal.Append("late"u8));
        }

        using var reopened = _folder.Open();
        Assert.Equal(["1 one", "41 late"], JournalFolder.Read(reopened));
    }

    [Fact]
    public void Keeps_what_follows_a_page_whose_last_part_a_power_cut_took()
    {
        _folder.Append([.. Enumerable.Range(1, 100).Select(number => $"{number} {new string('x', 300)}")]);
        var bytes = File.ReadAllBytes(_folder.Segment);
        bytes.AsSpan(8192 + 2000, 2096).Clear();
        File.WriteAllBytes(_folder.Segment, bytes);

        using var journal = _folder.Open();

        Assert.StartsWith("100 ", JournalFolder.Read(journal)[^1], StringComparison.Ordinal);
        Assert.Contains("lost power", Assert.Single(journal.Report.Notes), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Segment + ".damaged"));
    }

    [Fact]
    public void An_empty_page_excuses_no_other_damage()
    {
        _folder.Append([.. Enumerable.Range(1, 100).Select(number => $"{number} {new string('x', 300)}")]);
        var bytes = File.ReadAllBytes(_folder.Segment);
        bytes.AsSpan(8192, 4096).Clear();
        bytes[20_000] ^= 1;
        File.WriteAllBytes(_folder.Segment, bytes);

        var fault = Assert.Throws<JournalDamagedException>(() => _folder.Open());
        using var repaired = _folder.Open(repair: true);

        Assert.Contains("damaged at offset", fault.Message, StringComparison.Ordinal);
        Assert.Equal(2, repaired.Report.Notes.Count);
    }

    [Fact]
    public void Goes_on_after_a_power_cut_took_the_end_of_a_full_segment()
    {
        using (var journal = _folder.Open(segmentSize: 16 * 1024))
        {
            for (var i = 0; i < 60; i++)
            {
                journal.Append(
                    new byte[500]
                        .Select(_ => (byte)'x')
                        .ToArray()
                );
            }
        }
        ClearEnd(Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).First(), 12_288);

        using (var journal = _folder.Open())
        {
            Assert.Contains("lost power", Assert.Single(journal.Report.Notes), StringComparison.Ordinal);
            Assert.Equal(61, journal.Append("again"u8));
        }
        using var again = _folder.Open();
        Assert.Empty(again.Report.Notes);
    }

    [Fact]
    public void Goes_on_after_a_power_cut_that_hit_two_segments_in_a_row()
    {
        using (var journal = _folder.Open(segmentSize: 16 * 1024))
        {
            for (var i = 0; i < 80; i++)
            {
                journal.Append(Enumerable.Repeat((byte)'x', 500).ToArray());
            }
        }
        var paths = Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal).ToArray();
        ClearEnd(paths[0], 12_288);
        var second = File.ReadAllBytes(paths[1]);
        second.AsSpan(4096, 4096).Clear();
        File.WriteAllBytes(paths[1], second);

        using var reopened = _folder.Open();

        Assert.Collection(
            reopened.Report.Notes,
            end => Assert.Contains("lost power", end, StringComparison.Ordinal),
            middle => Assert.Contains("lost power", middle, StringComparison.Ordinal)
        );
        Assert.Equal(81, reopened.Append("again"u8));
    }

    [Fact]
    public void Tells_once_of_a_segment_that_is_gone()
    {
        using (var journal = _folder.Open(segmentSize: 1024))
        {
            for (var i = 0; i < 3; i++)
            {
                journal.Append(new byte[900]);
            }
        }
        File.Delete(JournalSegment.PathOf(_folder.Path, 2));
        _folder.Open(repair: true).Dispose();

        using var again = _folder.Open();

        Assert.Empty(again.Report.Notes);
        Assert.Equal(2, JournalFolder.Read(again).Length);
    }

    private static void ClearEnd(string path, int from)
    {
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(from).Clear();
        File.WriteAllBytes(path, bytes);
    }
}
