using System.Text;
using Portcullis.Storage.Journal;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>The journal keeps what it acknowledged, whatever the disk does.</summary>
public sealed class FileJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FaultyFile.Faults _faults = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Returns_records_in_order_after_reopening()
    {
        Append("one", "two", "three");

        using var journal = Open();

        Assert.Equal(["1 one", "2 two", "3 three"], Read(journal));
        Assert.Equal(3, journal.LastSequence);
        Assert.Empty(journal.Report.Notes);
    }

    [Fact]
    public void Cuts_a_torn_tail_at_every_byte_and_says_where()
    {
        Append("the first record", "the second record");
        var path = Directory.GetFiles(_folder.Path).Single();
        var whole = File.ReadAllBytes(path);
        var second = JournalFrame.HeaderSize + "the second record".Length;

        for (var missing = 1; missing < second; missing++)
        {
            File.WriteAllBytes(path, whole[..^missing]);
            using var journal = Open();

            Assert.Equal(["1 the first record"], Read(journal));
            var note = Assert.Single(journal.Report.Notes);
            // Zeros at its end count as room that was reserved.
            var torn = whole[^second..^missing].AsSpan().LastIndexOfAnyExcept((byte)0) + 1;
            Assert.Contains($"torn tail of {torn} bytes at offset {whole.Length - second}", note, StringComparison.Ordinal);
            Assert.Equal(2, journal.Append("again"u8));
            Assert.Equal(["1 the first record", "2 again"], Read(journal));
        }
    }

    [Fact]
    public void Removes_a_segment_whose_header_was_never_finished()
    {
        Append("one");
        for (var size = 0; size < SegmentHeader.Size; size++)
        {
            var header = new byte[SegmentHeader.Size];
            new SegmentHeader(7, 2, 1).Write(header);
            File.WriteAllBytes(JournalSegment.PathOf(_folder.Path, 2), header[..size]);

            using var journal = Open();

            Assert.Equal(["1 one"], Read(journal));
            Assert.Single(journal.Report.Notes);
        }
    }

    [Fact]
    public void Gives_back_room_that_was_reserved_and_not_used()
    {
        Append("one");
        var path = Directory.GetFiles(_folder.Path).Single();
        var length = new FileInfo(path).Length;
        File.AppendAllBytes(path, new byte[5000]);

        using var journal = Open();

        Assert.Equal(["1 one"], Read(journal));
        Assert.Empty(journal.Report.Notes);
        Assert.Equal(length, new FileInfo(path).Length);
    }

    [Fact]
    public void Cuts_a_torn_tail_before_reserved_room()
    {
        Append("one", "two");
        var path = Directory.GetFiles(_folder.Path).Single();
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. whole[..^2], .. new byte[5000]]);

        using var journal = Open();

        Assert.Equal(["1 one"], Read(journal));
        Assert.Contains(
            $"torn tail of {JournalFrame.HeaderSize + 1} bytes",
            Assert.Single(journal.Report.Notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Keeps_what_follows_a_page_that_a_power_cut_left_empty()
    {
        Append([.. Enumerable.Range(1, 100).Select(number => $"{number} {new string('x', 300)}")]);
        var path = Directory.GetFiles(_folder.Path).Single();
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(8192, 4096).Clear();
        File.WriteAllBytes(path, bytes);

        using var journal = Open();

        var kept = Read(journal);
        Assert.InRange(kept.Length, 84, 90);
        Assert.StartsWith("100 ", kept[^1], StringComparison.Ordinal);
        Assert.Contains("lost power", Assert.Single(journal.Report.Notes), StringComparison.Ordinal);
        Assert.Equal(101, journal.Append("again"u8));
    }

    [Fact]
    public void Refuses_an_empty_page_where_records_were_promised_to_survive_a_power_cut()
    {
        Append([.. Enumerable.Range(1, 100).Select(number => $"{number} {new string('x', 300)}")]);
        var path = Directory.GetFiles(_folder.Path).Single();
        var bytes = File.ReadAllBytes(path);
        bytes.AsSpan(8192, 4096).Clear();
        File.WriteAllBytes(path, bytes);

        Assert.Throws<JournalDamagedException>(() => Open(durability: Durability.Power));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(25)]
    public void Takes_back_a_short_write_and_goes_on_when_there_is_space_again(int written)
    {
        using var journal = Open();
        journal.Append("one"u8);

        _faults.WritesOnly = written;
        Assert.Throws<IOException>(() => journal.Append("a record that does not fit"u8));
        Assert.Equal(1, journal.LastSequence);
        _faults.WritesOnly = null;

        Assert.Equal(2, journal.Append("two"u8));
        Assert.Equal(["1 one", "2 two"], Read(journal));
        journal.Dispose();
        using var reopened = Open();
        Assert.Equal(["1 one", "2 two"], Read(reopened));
        Assert.Empty(reopened.Report.Notes);
    }

    [Fact]
    public void Does_not_write_over_a_remainder_that_could_not_be_cut()
    {
        using var journal = Open();
        journal.Append("one"u8);
        _faults.WritesOnly = 20;
        _faults.FailsTruncate = true;
        Assert.Throws<IOException>(() => journal.Append("a record that does not fit"u8));
        _faults.WritesOnly = null;
        Assert.Throws<IOException>(() => journal.Append("still not"u8));
        _faults.FailsTruncate = false;

        Assert.Equal(2, journal.Append("2"u8));

        Assert.Equal(["1 one", "2 2"], Read(journal));
        journal.Dispose();
        using var reopened = Open();
        Assert.Equal(["1 one", "2 2"], Read(reopened));
    }

    [Fact]
    public void Stays_usable_when_a_new_segment_cannot_be_made()
    {
        using var journal = Open(segmentSize: 1024);
        journal.Append(new byte[900]);
        _faults.WritesOnly = 3;
        Assert.Throws<IOException>(() => journal.Append(new byte[900]));
        _faults.WritesOnly = null;

        Assert.Equal(2, journal.Append(new byte[900]));

        Assert.Equal(2, Read(journal).Length);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Refuses_to_open_over_a_damaged_record_that_whole_ones_follow()
    {
        Append("one", "two", "three");
        Damage("two");

        var fault = Assert.Throws<JournalDamagedException>(() => Open());

        Assert.Contains("records 2 to 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("--repair", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Repairs_on_request_keeps_every_whole_record_and_names_the_gap()
    {
        Append("one", "two", "three");
        var path = Damage("two");

        using var journal = Open(repair: true);

        Assert.Equal(["1 one", "3 three"], Read(journal));
        Assert.Contains("records 2 to 2", Assert.Single(journal.Report.Notes), StringComparison.Ordinal);
        Assert.True(File.Exists(path + ".damaged"));
        Assert.Equal(4, journal.Append("four"u8));
        journal.Dispose();
        using var reopened = Open();
        Assert.Equal(["1 one", "3 three", "4 four"], Read(reopened));
    }

    [Fact]
    public void Refuses_to_open_when_a_segment_in_the_middle_is_gone()
    {
        using (var journal = Open(segmentSize: 1024))
        {
            for (var i = 0; i < 3; i++)
            {
                journal.Append(new byte[900]);
            }
        }
        File.Delete(JournalSegment.PathOf(_folder.Path, 2));

        var fault = Assert.Throws<JournalDamagedException>(() => Open());

        Assert.Contains("Records 2 to 2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_uses_a_sequence_again_that_a_store_has_committed()
    {
        Append("one");

        using (var journal = Open(usedSequence: 40))
        {
            Assert.Equal(41, journal.Append("late"u8));
        }

        using var reopened = Open();
        Assert.Equal(["1 one", "41 late"], Read(reopened));
    }

    [Fact]
    public void Deletes_only_segments_that_every_reader_has_passed()
    {
        using var journal = Open(segmentSize: 1024);
        for (var i = 0; i < 5; i++)
        {
            journal.Append(new byte[900]);
        }
        using var fast = journal.ReadAfter(0);
        using var slow = journal.ReadAfter(0);
        fast.Passed = 5;
        slow.Passed = 2;

        Assert.Equal(2, journal.DeleteThrough(5));
        slow.Passed = 5;
        Assert.Equal(1, journal.DeleteThrough(3));
        Assert.Equal(1, journal.DeleteThrough(5));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Follows_a_writer_across_segments()
    {
        using var journal = Open(segmentSize: 4096);
        using var reader = journal.ReadAfter(0);
        const int Count = 20_000;
        var writer = new Thread(() =>
        {
            for (var i = 1; i <= Count; i++)
            {
                journal.Append(Encoding.UTF8.GetBytes($"record {i}"));
            }
        });
        writer.Start();

        var next = 1;
        while (next <= Count && (reader.TryRead(out var record) || reader.Wait(TimeSpan.FromSeconds(20))))
        {
            if (!record.IsEmpty)
            {
                Assert.Equal($"record {next}", Encoding.UTF8.GetString(record));
                Assert.Equal(next++, reader.Position);
            }
        }

        writer.Join();
        Assert.Equal(Count + 1, next);
    }

    [Fact]
    public async Task Serves_all_waiters_of_a_group_with_one_sync()
    {
        using var first = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        using var journal = Open(durability: Durability.Power);
        _faults.OnSync = () =>
        {
            first.Set();
            go.Wait();
        };
        _faults.Syncs = 0;
        var waits = new List<Task> { Durable(journal, journal.Append("1"u8)) };
        first.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++)
        {
            waits.Add(Durable(journal, journal.Append("x"u8)));
        }
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        go.Set();

        await Task.WhenAll(waits);

        Assert.Equal(2, _faults.Syncs);
    }

    [Fact]
    public async Task Fails_the_waiters_of_a_failed_sync_and_leaves_that_file()
    {
        using var journal = Open(durability: Durability.Power);
        _faults.FailsSync = true;
        var sequence = journal.Append("one"u8);
        await Assert.ThrowsAsync<IOException>(() => Durable(journal, sequence));
        _faults.FailsSync = false;

        await Durable(journal, journal.Append("two"u8));

        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        Assert.Equal(["1 one", "2 two"], Read(journal));
    }

    [Fact]
    public void Buffered_records_stay_within_their_disk_space_and_reach_the_reader()
    {
        using var journal = FileJournal.Open(
            new JournalOptions
            {
                Folder = _folder.Path,
                Durability = Durability.Buffered,
                SegmentSize = 1 << 20,
                BufferedDiskBytes = 2 << 20,
            }
        );
        using var reader = journal.ReadAfter(0);
        long most = 0;
        const int Count = 20_000;
        var writer = new Thread(() =>
        {
            for (var i = 0; i < Count; i++)
            {
                journal.Append(new byte[1000]);
                most = Math.Max(most, journal.DiskBytes);
            }
        });
        writer.Start();
        while (reader.Position < Count && (reader.TryRead(out _) || reader.Wait(TimeSpan.FromSeconds(20))))
        {
            reader.Passed = reader.Position;
        }
        writer.Join();

        Assert.Equal(Count, reader.Position);
        Assert.InRange(most, 1 << 20, 4 << 20);
    }

    [Fact]
    public void Appends_without_allocating()
    {
        using var journal = Open();
        var record = new byte[300];

        Assert.Equal(0, Allocation.OfARound(() => journal.Append(record)));
    }

    private static Task Durable(FileJournal journal, long sequence) =>
        journal.WaitDurable(sequence, TestContext.Current.CancellationToken).AsTask();

    private FileJournal Open(
        bool repair = false,
        long segmentSize = 64 << 20,
        long usedSequence = 0,
        Durability durability = Durability.Process
    ) =>
        FileJournal.Open(
            new JournalOptions
            {
                Folder = _folder.Path,
                KeyId = 7,
                Repair = repair,
                SegmentSize = segmentSize,
                UsedSequence = usedSequence,
                Durability = durability,
            },
            _faults.Open
        );

    private void Append(params string[] records)
    {
        using var journal = Open();
        foreach (var record in records)
        {
            journal.Append(Encoding.UTF8.GetBytes(record));
        }
    }

    private string Damage(string record)
    {
        var path = Directory.GetFiles(_folder.Path).Single();
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(record))] ^= 1;
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string[] Read(FileJournal journal)
    {
        using var reader = journal.ReadAfter(0);
        var records = new List<string>();
        while (reader.TryRead(out var record))
        {
            records.Add($"{reader.Position} {Encoding.UTF8.GetString(record)}");
        }
        return [.. records];
    }
}
