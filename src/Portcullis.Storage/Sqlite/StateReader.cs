using Portcullis.Analysis.Exposures;
using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage.Sqlite;

/// <summary>Reads the state database: for putting a gate's state back, and for what the ledger asks of it.</summary>
internal sealed class StateReader(string path) : IDisposable
{
    private readonly Database _database = new(path, isReadOnly: true);

    /// <summary>Gives operations, names, callers, events and alias links to a state.</summary>
    public void RestoreFacts(GateState state, GateRestore restore)
    {
        using var operations = _database.Prepare(
            "SELECT number,upstream,method,template,declared,classes,anonymous FROM operations ORDER BY number"
        );
        while (operations.Step())
        {
            restore.Operation(
                new OperationRecord(
                    operations.Int(0),
                    operations.Text(1),
                    operations.Text(2),
                    operations.Text(3),
                    operations.Int(4) != 0
                ),
                (ulong)operations.Long(5),
                operations.Int(6) != 0
            );
        }
        foreach (var (number, name) in Names())
        {
            restore.Name(new NameRecord(number, name));
        }
        using var callers = _database.Prepare("SELECT key_high,key_low,rung,first,last FROM callers");
        while (callers.Step())
        {
            restore.Caller((Rung)callers.Int(2), callers.Key(0), callers.Long(3), callers.Long(4));
        }
        using var events = _database.Prepare("SELECT record FROM standing ORDER BY sequence");
        while (events.Step())
        {
            restore.Record(events.Blob(0));
        }
        using var aliases = _database.Prepare("SELECT alias_high,alias_low,subject_high,subject_low FROM aliases WHERE own=1");
        while (aliases.Step())
        {
            state.Links.Learn(aliases.Key(0), aliases.Key(2));
        }
    }

    /// <summary>The latest policy event; null in a new ledger.</summary>
    public EventRecord? PolicyInForce()
    {
        using var policy = _database.Prepare("SELECT record FROM standing WHERE kind='policy'");
        if (!policy.Step())
        {
            return null;
        }
        return EventOf(policy, 0);
    }

    /// <summary>What operators and policies changed, newest first.</summary>
    public List<EventEntry> Events(int take, long before)
    {
        lock (_database)
        {
            var found = new List<EventEntry>();
            using var events = _database.Prepare(
                $"SELECT sequence, record FROM events WHERE sequence < {before} ORDER BY sequence DESC LIMIT {take}"
            );
            while (events.Step())
            {
                found.Add(new EventEntry(events.Long(0), EventOf(events, 1)));
            }
            return found;
        }
    }

    private static EventRecord EventOf(Statement row, int column)
    {
        var reader = new RecordReader(row.Blob(column));
        _ = reader.Byte();
        return EventRecord.Read(ref reader);
    }

    /// <summary>
    /// Charges every release that still counts to the budgets. Reads one state of the database, also while it is written; returns the
    /// journal position of that state.
    /// </summary>
    public long RestoreBudgets(BudgetRestore restore)
    {
        long position = 0;
        _database.InSnapshot(() =>
        {
            position = _database.Number("SELECT value FROM meta WHERE name='position'");
            ChargeBudgets(restore);
        });
        return position;
    }

    private void ChargeBudgets(BudgetRestore restore)
    {
        using var policy = _database.Prepare("SELECT record FROM standing WHERE kind='policy'");
        while (policy.Step())
        {
            restore.Record(policy.Blob(0));
        }
        var sets = new Dictionary<int, string[]>();
        using var names = _database.Prepare("SELECT number, names FROM poolsets");
        while (names.Step())
        {
            sets[names.Int(0)] = PoolSets.Split(names.Text(1));
        }
        var callers = new CallerIndex(_database, restore.Since);
        var part = new LedgerRow[LedgerRun.PartRows];
        using var parts = _database.Prepare($"SELECT rows FROM ledger WHERE last>={restore.Since}");
        while (parts.Step())
        {
            foreach (ref readonly var row in part.AsSpan(0, LedgerRows.Unpack(parts.Bytes(0), part)))
            {
                if (row.Last >= restore.Since && callers.TryFind(row.Caller, out var rung, out var key))
                {
                    var pools = sets.GetValueOrDefault(row.PoolSet) ?? [];
                    restore.Exposure(rung, key, row.Operation, pools, row.Subject, row.Last);
                }
            }
        }
    }

    /// <summary>Reason ids by number.</summary>
    public Dictionary<int, string> Names()
    {
        lock (_database)
        {
            var found = new Dictionary<int, string>();
            using var names = _database.Prepare("SELECT number, name FROM names");
            while (names.Step())
            {
                found[names.Int(0)] = names.Text(1);
            }
            return found;
        }
    }

    /// <summary>The key itself and every subject that it is an alias of.</summary>
    public void AddSubjects(Key128 key, ISet<Key128> subjects)
    {
        lock (_database)
        {
            subjects.Add(key);
            using var query = _database.Prepare(
                "SELECT subject_high, subject_low FROM aliases WHERE alias_high=? AND alias_low=?"
            );
            query.Bind(key);
            while (query.Step())
            {
                subjects.Add(query.Key(0));
            }
        }
    }

    /// <summary>First and latest exchange of a caller; null when it was never seen.</summary>
    public (Rung Rung, long First, long Last, long Exchanges)? Caller(Key128 key)
    {
        lock (_database)
        {
            using var query = _database.Prepare("SELECT rung,first,last,exchanges FROM callers WHERE id=?");
            query.Bind((long)key.Low);
            return query.Step() ? ((Rung)query.Int(0), query.Long(1), query.Long(2), query.Long(3)) : null;
        }
    }

    /// <summary>Gives back memory that only makes the next question faster.</summary>
    public void Rest() => _database.GiveBack();

    public void Dispose() => _database.Dispose();
}
