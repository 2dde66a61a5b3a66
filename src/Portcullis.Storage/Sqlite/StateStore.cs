using Portcullis.Core.Journal;
using Portcullis.Core.Records;

namespace Portcullis.Storage.Sqlite;

/// <summary>
/// The state database, filled from the journal: operations, names, events, callers, the de-duplicated ledger and its aliases, each commit
/// together with the journal position it reaches.
/// </summary>
internal sealed class StateStore : IJournalStore
{
    private readonly Database _database;
    private readonly StateWriter _writer;
    private readonly LedgerRuns _ledger;
    private readonly WrittenAliases _aliases = new();
    private readonly StateBatch _batch;
    private readonly PoolSets _pools = new();
    private readonly long _keptMilliseconds;
    private long _durable;

    /// <param name="path">The database file.</param>
    /// <param name="retention">How long ledger rows are kept after their latest release.</param>
    public StateStore(string path, TimeSpan retention)
    {
        _database = new Database(path, isReadOnly: false);
        StateSchema.Apply(_database, path);
        _ledger = new LedgerRuns(_database);
        _writer = new StateWriter(_database, _ledger);
        _batch = new StateBatch(_aliases);
        _keptMilliseconds = (long)retention.TotalMilliseconds;
        Position = _database.Number("SELECT value FROM meta WHERE name='position'");
        FoundedAt = _database.Number("SELECT value FROM meta WHERE name='founded'");
        LatestTime = _database.Number("SELECT value FROM meta WHERE name='latest'");
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
                var exchange = new ExchangeRecordReader(reader);
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
            _ledger.Load();
            LoadPools();
            throw;
        }
        _pools.Saved();
        _aliases.Add(_batch.Aliases.Keys);
        FoundedAt = founded;
        LatestTime = _batch.LastAt;
        Position = _batch.Last;
        _batch.Clear();
        _ledger.MergeWhenDue(LatestTime - _keptMilliseconds);
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

    public void Rest() => _database.GiveBack();

    public void Prune(long now)
    {
        var oldest = now - _keptMilliseconds;
        try
        {
            _database.InTransaction(() =>
            {
                _ledger.Prune(oldest);
                _database.Run($"DELETE FROM callers WHERE last<{oldest}");
                _database.Run($"DELETE FROM events WHERE at<{oldest}");
                _database.Run($"DELETE FROM standing WHERE kind='account' AND at<{oldest}");
                DeleteLooseAliases();
            });
        }
        finally
        {
            _ledger.Load();
        }
        _aliases.Clear();
    }

    public void Dispose() => _database.Dispose();

    // Aliases of people of whom no row is left. Ledger and aliases are read side by side, both ordered by subject.
    private void DeleteLooseAliases()
    {
        _database.Run("CREATE TEMP TABLE IF NOT EXISTS loose(high INTEGER, low INTEGER, PRIMARY KEY(high, low)) WITHOUT ROWID");
        using var loose = _database.Prepare("INSERT INTO loose VALUES(?,?)");
        using var subjects = _database.Prepare("SELECT DISTINCT subject_high, subject_low FROM aliases ORDER BY 1, 2");
        using var ledger = _ledger.All();
        var hasRow = ledger.Next(out var row);
        while (subjects.Step())
        {
            var (high, low) = (subjects.Long(0), subjects.Long(1));
            while (hasRow && (row.SubjectHigh, row.SubjectLow).CompareTo((high, low)) < 0)
            {
                hasRow = ledger.Next(out row);
            }
            if (!hasRow || row.SubjectHigh != high || row.SubjectLow != low)
            {
                loose.Bind(high).Bind(low).Run();
            }
        }
        _database.Run("DELETE FROM aliases WHERE (subject_high, subject_low) IN (SELECT high, low FROM loose)");
        _database.Run("DELETE FROM loose");
    }

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
