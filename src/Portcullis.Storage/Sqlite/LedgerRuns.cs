namespace Portcullis.Storage.Sqlite;

/// <summary>
/// The ledger as sorted runs of packed rows: each commit adds one run, and eight runs of a level become one of the next, so that a row
/// is copied a few times in its life instead of being sought at a random place of the database. Source: O'Neil et al., "The
/// log-structured merge-tree" (1996).
/// </summary>
internal sealed class LedgerRuns
{
    private const int FanIn = 8;

    private readonly Database _database;
    private readonly Statement _insert;
    private readonly Statement _delete;
    private readonly LedgerRow[] _part = new LedgerRow[LedgerRun.PartRows];
    private readonly List<(long Run, int Level)> _runs = [];
    private int _filled;

    public LedgerRuns(Database database)
    {
        _database = database;
        _insert = database.Prepare("INSERT INTO ledger(run,level,last,rows) VALUES(?,?,?,?)");
        _delete = database.Prepare("DELETE FROM ledger WHERE run=?");
        Load();
    }

    /// <summary>Reads again which runs there are: after a rollback, or when rows were deleted.</summary>
    public void Load()
    {
        _filled = 0;
        _runs.Clear();
        using var runs = _database.Prepare("SELECT run, max(level) FROM ledger GROUP BY run ORDER BY run");
        while (runs.Step())
        {
            _runs.Add((runs.Long(0), runs.Int(1)));
        }
    }

    /// <summary>Adds a run, inside the caller's transaction.</summary>
    /// <param name="sorted">One row per key, in order.</param>
    public void Write(ReadOnlySpan<LedgerRow> sorted)
    {
        if (sorted.IsEmpty)
        {
            return;
        }
        var run = NextRun();
        for (; !sorted.IsEmpty; sorted = sorted[Math.Min(sorted.Length, LedgerRun.PartRows)..])
        {
            Insert(run, 0, sorted[..Math.Min(sorted.Length, LedgerRun.PartRows)]);
        }
        _runs.Add((run, 0));
    }

    /// <summary>Merges what has become many, leaving out rows last released before <paramref name="oldest"/>.</summary>
    public void MergeWhenDue(long oldest)
    {
        for (var level = 0; level <= MaxLevel(); level++)
        {
            var due = _runs.Where(run => run.Level == level).Select(run => run.Run).ToArray();
            if (due.Length >= FanIn)
            {
                Merge(due, level + 1, oldest);
            }
        }
    }

    /// <summary>Deletes parts whose every row was last released before a time.</summary>
    public void Prune(long oldest)
    {
        _database.Run($"DELETE FROM ledger WHERE last<{oldest}");
        Load();
    }

    /// <summary>All rows in order, keys of several runs once per run.</summary>
    public LedgerMerge All() => new(_database, _runs.Select(run => run.Run));

    private void Merge(long[] due, int level, long oldest)
    {
        try
        {
            _database.InTransaction(() =>
            {
                var run = NextRun();
                using (var merge = new LedgerMerge(_database, due))
                {
                    CopyJoined(merge, run, level, oldest);
                }
                foreach (var old in due)
                {
                    _delete.Bind(old).Run();
                }
            });
        }
        finally
        {
            Load();
        }
    }

    private void CopyJoined(LedgerMerge merge, long run, int level, long oldest)
    {
        while (merge.Next(out var row))
        {
            if (row.Last < oldest)
            {
                continue;
            }
            if (_filled > 0 && LedgerRow.Compare(_part[_filled - 1], row) == 0)
            {
                _part[_filled - 1].Join(row);
                continue;
            }
            if (_filled == _part.Length)
            {
                FlushPart(run, level);
            }
            _part[_filled++] = row;
        }
        FlushPart(run, level);
    }

    private void FlushPart(long run, int level)
    {
        if (_filled > 0)
        {
            Insert(run, level, _part.AsSpan(0, _filled));
            _filled = 0;
        }
    }

    private void Insert(long run, int level, ReadOnlySpan<LedgerRow> rows)
    {
        var last = long.MinValue;
        foreach (ref readonly var row in rows)
        {
            last = Math.Max(last, row.Last);
        }
        _insert.Bind(run).Bind(level).Bind(last).Bind(LedgerRows.Pack(rows)).Run();
    }

    private long NextRun() => _runs.Count == 0 ? 1 : _runs.Max(run => run.Run) + 1;

    private int MaxLevel() => _runs.Count == 0 ? 0 : _runs.Max(run => run.Level);
}
