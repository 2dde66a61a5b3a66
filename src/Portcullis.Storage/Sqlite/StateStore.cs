using Portcullis.Core.Journal;

namespace Portcullis.Storage.Sqlite;

/// <summary>
/// The state database, filled from the journal: operations, names, events, callers, the de-duplicated ledger and its aliases, each commit
/// together with the journal position it reaches. New ledger rows go to an append-only table and are merged into the sorted one in bulk,
/// because single inserts at random places would rewrite a page each.
/// </summary>
internal sealed class StateStore : IJournalStore
{
    private const long MergeAtLeast = 262_144;
    private const int MergeShare = 8;

    private readonly Database _database;
    private readonly StateWriter _writer;
    private readonly StateBatch _batch = new();
    private readonly PoolSets _pools = new();
    private readonly long _keptMilliseconds;
    private long _fresh;
    private long _merged;
    private long _durable;

    /// <param name="path">The database file.</param>
    /// <param name="retention">How long ledger rows are kept after their latest release.</param>
    public StateStore(string path, TimeSpan retention)
    {
        _database = new Database(path, isReadOnly: false);
        StateSchema.Apply(_database, path);
        _writer = new StateWriter(_database);
        _keptMilliseconds = (long)retention.TotalMilliseconds;
        Position = _database.Number("SELECT value FROM meta WHERE name='position'");
        FoundedAt = _database.Number("SELECT value FROM meta WHERE name='founded'");
        LatestTime = _database.Number("SELECT value FROM meta WHERE name='latest'");
        _fresh = _database.Number("SELECT count(*) FROM fresh");
        _merged = _database.Number("SELECT value FROM meta WHERE name='merged'");
        LoadPools();
        MakeDurable();
    }

    public string Name => "state";

    public long Position { get; private set; }

    public long DurablePosition => Volatile.Read(ref _durable);

    /// <summary>Time of the first record ever taken; 0 when none was.</summary>
    public long FoundedAt { get; private set; }

    /// <summary>Time of the latest record committed.</summary>
    public long LatestTime { get; private set; }

    public int Take(long sequence, ReadOnlySpan<byte> record)
    {
        _batch.Last = sequence;
        var reader = new RecordReader(record);
        switch ((RecordKind)reader.Byte())
        {
            case RecordKind.Exchange:
                var exchange = ExchangeRecord.Read(ref reader);
                _batch.LastAt = Math.Max(_batch.LastAt, exchange.StartedAt);
                return _batch.Add(exchange, _pools.NumberOf(exchange.Pools));
            case RecordKind.Operation:
                _batch.Operations.Add(OperationRecord.Read(ref reader));
                break;
            case RecordKind.Name:
                _batch.Names.Add(NameRecord.Read(ref reader));
                break;
            case RecordKind.Event:
                var change = EventRecord.Read(ref reader);
                _batch.LastAt = Math.Max(_batch.LastAt, change.At);
                if (change.Kind == "policy")
                {
                    _pools.Use(change);
                }
                _batch.Events.Add((sequence, change));
                break;
            default:
                break;
        }
        return 1;
    }

    public void Commit()
    {
        if (_batch.Last == 0)
        {
            return;
        }
        var founded = FoundedAt == 0 ? _batch.LastAt : FoundedAt;
        try
        {
            _database.InTransaction(() =>
            {
                _writer.Write(_batch, _pools);
                _writer.Meta("position", _batch.Last);
                _writer.Meta("founded", founded);
                _writer.Meta("latest", _batch.LastAt);
            });
        }
        catch
        {
            // The records will be read again from the committed position: nothing learned from them may stay.
            _batch.Clear();
            _writer.Forget();
            LoadPools();
            throw;
        }
        _pools.Saved();
        _fresh += _batch.Exposures.Count;
        FoundedAt = founded;
        LatestTime = _batch.LastAt;
        Position = _batch.Last;
        _batch.Clear();
        if (_fresh > Math.Max(MergeAtLeast, _merged / MergeShare))
        {
            Merge();
        }
    }

    public void MakeDurable()
    {
        var position = Position;
        // A checkpoint syncs the write-ahead log before and the database after copying: what it covers survives a power cut.
        using var checkpoint = _database.Prepare("PRAGMA wal_checkpoint(PASSIVE)");
        if (checkpoint.Step() && checkpoint.Int(0) == 0 && checkpoint.Int(1) == checkpoint.Int(2))
        {
            Volatile.Write(ref _durable, position);
        }
    }

    public void Prune(long now)
    {
        var oldest = now - _keptMilliseconds;
        _database.InTransaction(() =>
        {
            _database.Run($"DELETE FROM exposure WHERE last<{oldest}");
            _merged -= _database.Number("SELECT changes()");
            _database.Run($"DELETE FROM fresh WHERE last<{oldest}");
            _fresh -= _database.Number("SELECT changes()");
            _database.Run($"DELETE FROM callers WHERE last<{oldest}");
            _database.Run($"DELETE FROM events WHERE at<{oldest}");
            _database.Run($"DELETE FROM standing WHERE kind='account' AND at<{oldest}");
            _database.Run(
                "DELETE FROM aliases WHERE NOT EXISTS (SELECT 1 FROM exposure e WHERE e.subject_high=aliases.subject_high AND e.subject_low=aliases.subject_low)"
                    + " AND NOT EXISTS (SELECT 1 FROM fresh LIMIT 1)"
            );
            _writer.Meta("merged", _merged);
        });
        _writer.Forget();
    }

    /// <summary>Moves the fresh rows into the sorted ledger.</summary>
    public void Merge()
    {
        _database.InTransaction(() =>
        {
            _database.Run(
                """
                INSERT INTO exposure SELECT * FROM fresh WHERE true ORDER BY subject_high, subject_low, caller, operation, poolset
                ON CONFLICT DO UPDATE SET first=min(first, excluded.first), last=max(last, excluded.last),
                  classes=classes|excluded.classes, count=count+excluded.count
                """
            );
            _database.Run("DELETE FROM fresh");
            _writer.Meta("merged", _merged + _fresh);
        });
        // Counts merged duplicates twice: good enough for choosing when to merge.
        _merged += _fresh;
        _fresh = 0;
    }

    public void Dispose() => _database.Dispose();

    private void LoadPools()
    {
        using var sets = _database.Prepare("SELECT number, names FROM poolsets");
        while (sets.Step())
        {
            _pools.Load(sets.Int(0), sets.Text(1));
        }
        _pools.Reset();
        using var policy = _database.Prepare("SELECT record FROM standing WHERE kind='policy'");
        while (policy.Step())
        {
            var reader = new RecordReader(policy.Blob(0));
            _ = reader.Byte();
            _pools.Use(EventRecord.Read(ref reader));
        }
    }
}
