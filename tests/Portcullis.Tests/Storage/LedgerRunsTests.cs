using Portcullis.Storage.Sqlite;
using Portcullis.TestKit;

namespace Portcullis.Tests.Storage;

public sealed class LedgerRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly LedgerRuns _runs;

    public LedgerRunsTests()
    {
        var path = Path.Combine(_folder.Path, "state.db");
        _database = new Database(path, isReadOnly: false);
        StateSchema.Apply(_database, path);
        _runs = new LedgerRuns(_database);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Packs_a_row_as_it_always_has()
    {
        var row = new LedgerRow
        {
            SubjectHigh = 0x0102030405060708,
            SubjectLow = 0x1112131415161718,
            Caller = 0x2122232425262728,
            Operation = 0x31323334,
            PoolSet = 0x41424344,
            First = 0x5152535455565758,
            Last = 0x6162636465666768,
            Classes = 0x7172737475767778,
            Count = 0x01020304,
        };

        Assert.Equal(
            "0807060504030201181716151413121128272625242322213433323144434241585756555453525168676665646362617877767574737271"
                + "0403020100000000",
            Convert.ToHexString(LedgerRows.Pack([row]))
        );
    }

    [Fact]
    public void Joins_rows_of_one_key_within_a_commit()
    {
        var rows = new LedgerRows();
        rows.Add(Row(subject: 7, at: 30));
        rows.Add(Row(subject: 3, at: 20));
        rows.Add(Row(subject: 7, at: 10, classes: 2));

        var sorted = rows.Sorted().ToArray();

        Assert.Equal([3, 7], sorted.Select(row => row.SubjectHigh));
        Assert.Equal((10, 30, 3UL, 2), (sorted[1].First, sorted[1].Last, sorted[1].Classes, sorted[1].Count));
    }

    [Fact]
    public void Keeps_apart_what_differs_only_in_the_pools_charged()
    {
        var rows = new LedgerRows();
        rows.Add(Row(subject: 7, at: 30) with { PoolSet = 1 });
        rows.Add(Row(subject: 7, at: 30) with { PoolSet = 2 });

        Assert.Equal(2, rows.Sorted().Length);
    }

    [Fact]
    public void Joins_rows_of_one_key_over_many_commits()
    {
        // Every subject comes twice, in runs far apart, and parts are filled to their end.
        const int Subjects = LedgerRun.PartRows * 3;
        for (var commit = 0; commit < 64; commit++)
        {
            var rows = new LedgerRows();
            for (var subject = commit % 32; subject < Subjects; subject += 32)
            {
                rows.Add(Row(subject, at: 100 + commit));
            }
            Commit(rows);
        }

        var kept = All();

        Assert.Equal(Enumerable.Range(0, Subjects).Select(subject => (long)subject), kept.Select(row => row.SubjectHigh));
        Assert.All(kept, row => Assert.Equal((2, 32L), (row.Count, row.Last - row.First)));
    }

    [Fact]
    public void Finds_its_runs_again_when_opened_again()
    {
        Commit(Rows(Row(subject: 1, at: 5)));

        using var merge = new LedgerRuns(_database).All();

        Assert.True(merge.Next(out var row));
        Assert.Equal(1, row.SubjectHigh);
    }

    [Fact]
    public void Leaves_out_rows_past_retention_when_it_merges()
    {
        for (var commit = 0; commit < 8; commit++)
        {
            Commit(Rows(Row(subject: 2 * commit, at: 10), Row(subject: (2 * commit) + 1, at: 90)), oldest: 50);
        }

        Assert.All(All(), row => Assert.Equal(90, row.Last));
    }

    [Fact]
    public void Writes_no_run_under_the_number_of_one_that_a_failed_change_left_in_place()
    {
        Commit(Rows(Row(subject: 9, at: 1)));
        Assert.Throws<IOException>(() =>
            _database.InTransaction(() =>
            {
                _runs.Prune(oldest: 50);
                throw new IOException("disk");
            })
        );
        _runs.Load();
        Commit(Rows(Row(subject: 4, at: 2)));

        Assert.Equal([4, 9], All().Select(row => row.SubjectHigh));
    }

    private static LedgerRow Row(int subject, long at, ulong classes = 1) =>
        new()
        {
            SubjectHigh = subject,
            SubjectLow = -subject,
            Caller = 12,
            First = at,
            Last = at,
            Classes = classes,
            Count = 1,
        };

    private static LedgerRows Rows(params LedgerRow[] some)
    {
        var rows = new LedgerRows();
        foreach (var row in some)
        {
            rows.Add(row);
        }
        return rows;
    }

    private void Commit(LedgerRows rows, long oldest = 0)
    {
        _database.InTransaction(() => _runs.Write(rows.Sorted()));
        _runs.MergeWhenDue(oldest);
    }

    private List<LedgerRow> All()
    {
        var all = new List<LedgerRow>();
        using var merge = _runs.All();
        while (merge.Next(out var row))
        {
            all.Add(row);
        }
        return all;
    }
}
