using System.Text;
using Portcullis.Storage.Journal;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>The journal keeps what it acknowledged, whatever the disk does.</summary>
public sealed class FileJournalTests : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Returns_records_in_order_after_reopening()
    {
        _folder.Append("one", "two", "three");

        using var journal = _folder.Open();

        Assert.Equal(["1 one", "2 two", "3 three"], JournalFolder.Read(journal));
        Assert.Equal(3, journal.LastSequence);
        Assert.Empty(journal.Report.Notes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(25)]
    public void Takes_back_a_short_write_and_goes_on_when_there_is_space_again(int written)
    {
        using var journal = _folder.Open();
        journal.Append("one"u8);

        _folder.Faults.WritesOnly = written;
        Assert.Throws<IOException>(() => journal.Append("a record that does not fit"u8));
        Assert.Equal(1, journal.LastSequence);
        _folder.Faults.WritesOnly = null;

        Assert.Equal(2, journal.Append("two"u8));
        Assert.Equal(["1 one", "2 two"], JournalFolder.Read(journal));
        journal.Dispose();
        using var reopened = _folder.Open();
        Assert.Equal(["1 one", "2 two"], JournalFolder.Read(reopened));
        Assert.Empty(reopened.Report.Notes);
    }

    [Fact]
    public void Does_not_write_over_a_remainder_that_could_not_be_cut()
    {
        using var journal = _folder.Open();
        journal.Append("one"u8);
        _folder.Faults.WritesOnly = 20;
        _folder.Faults.FailsTruncate = true;
        Assert.Throws<IOException>(() => journal.Append("a record that does not fit"u8));
        _folder.Faults.WritesOnly = null;
        Assert.Throws<IOException>(() => journal.Append("still not"u8));
        _folder.Faults.FailsTruncate = false;

        Assert.Equal(2, journal.Append("2"u8));

        Assert.Equal(["1 one", "2 2"], JournalFolder.Read(journal));
        journal.Dispose();
        using var reopened = _folder.Open();
        Assert.Equal(["1 one", "2 2"], JournalFolder.Read(reopened));
    }

    [Fact]
    public void Stays_usable_when_a_new_segment_cannot_be_made()
    {
        using var journal = _folder.Open(segmentSize: 1024);
        journal.Append(new byte[900]);
        _folder.Faults.WritesOnly = 3;
        Assert.Throws<IOException>(() => journal.Append(new byte[900]));
        _folder.Faults.WritesOnly = null;

        Assert.Equal(2, journal.Append(new byte[900]));

        Assert.Equal(2, JournalFolder.Read(journal).Length);
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public void Deletes_only_segments_that_every_reader_has_passed()
    {
        using var journal = _folder.Open(segmentSize: 1024);
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
        using var journal = _folder.Open(segmentSize: 4096);
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
        using var journal = _folder.Open(durability: Durability.Power);
        _folder.Faults.OnSync = () =>
        {
            first.Set();
            go.Wait();
        };
        _folder.Faults.Syncs = 0;
        var waits = new List<Task> { Durable(journal, journal.Append("1"u8)) };
        first.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < 50; i++)
        {
            waits.Add(Durable(journal, journal.Append("x"u8)));
        }
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        go.Set();

        await Task.WhenAll(waits);

        Assert.Equal(2, _folder.Faults.Syncs);
    }

    [Fact]
    public async Task Fails_the_waiters_of_a_failed_sync_and_leaves_that_file()
    {
        using var journal = _folder.Open(durability: Durability.Power);
        _folder.Faults.FailsSync = true;
        var sequence = journal.Append("one"u8);
        await Assert.ThrowsAsync<IOException>(() => Durable(journal, sequence));
        _folder.Faults.FailsSync = false;

        await Durable(journal, journal.Append("two"u8));

        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        Assert.Equal(["1 one", "2 two"], JournalFolder.Read(journal));
    }

    [Fact]
    public async Task No_later_sync_makes_durable_what_lies_in_a_file_whose_sync_failed()
    {
        using var journal = _folder.Open(durability: Durability.Power);
        using var begun = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var before = _folder.Faults.Syncs;
        _folder.Faults.OnSync = () =>
        {
            _folder.Faults.FailsSync = _folder.Faults.Syncs == before + 1;
            begun.Set();
            goOn.Wait(TestContext.Current.CancellationToken);
        };
        var first = Durable(journal, journal.Append("one"u8));
        begun.Wait(TestContext.Current.CancellationToken);
        var second = Durable(journal, journal.Append("two"u8));
        var third = journal.Append("three"u8);
        goOn.Set();

        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        await Durable(journal, journal.Append("four"u8));
        await Assert.ThrowsAsync<IOException>(() => Durable(journal, third));
        await Durable(journal, journal.Append("five"u8));
    }

    [Fact]
    public async Task A_sync_that_fails_while_files_change_fails_who_waits_for_what_it_held()
    {
        using var journal = _folder.Open(segmentSize: 1024, durability: Durability.Power);
        var kept = journal.Append(new byte[500]);
        await Durable(journal, kept);
        var lost = journal.Append(new byte[400]);
        _folder.Faults.FailsSync = true;
        Assert.Throws<IOException>(() => journal.Append(new byte[900]));
        _folder.Faults.FailsSync = false;

        var next = journal.Append(new byte[900]);

        await Durable(journal, next);
        await Durable(journal, kept);
        await Assert.ThrowsAsync<IOException>(() => Durable(journal, lost));
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
        using var journal = _folder.Open();
        var record = new byte[300];

        Assert.Equal(0, Allocation.OfARound(() => journal.Append(record)));
    }

    private static Task Durable(FileJournal journal, long sequence) =>
        journal.WaitDurable(sequence, TestContext.Current.CancellationToken).AsTask();
}
