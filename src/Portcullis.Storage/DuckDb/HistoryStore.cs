using DuckDB.NET.Data;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage.DuckDb;

/// <summary>The history database, filled from the journal by column-wise appends, each commit together with the position it reaches.</summary>
internal sealed class HistoryStore : IJournalStore
{
    public const byte Enforced = 1;
    public const byte Forwarded = 2;
    public const byte Anonymous = 4;

    // Nobody's record left: what a gate that enforces refused, and what an anonymous caller got that was read and has no record. What was
    // only marked for refusal stays: whether an operation may be enforced is judged by it. Asked of the columns instead of written
    // beside them, so that rows of every build are judged alike.
    private const string IsEmpty =
        "(flags & 1 = 1 AND verdict >= 4 OR flags & 4 = 4 AND release = 0 AND released = 0 AND (flags & 1 = 1 OR verdict < 2))";

    // Items without a data class have no row of their own, and where nothing was withheld an empty exchange has no others.
    private const string Rows = "sum(CASE WHEN verdict >= 2 THEN 1 + items ELSE 1 END)::BIGINT";
    private const int TrimSteps = 64;

    private readonly HistoryDatabase _database;
    private readonly long _keptMilliseconds;
    private readonly long _emptyKept;
    private long _empty;
    private DuckDBTransaction? _transaction;
    private DuckDBAppender? _exchanges;
    private DuckDBAppender? _items;
    private long _last;
    private bool _isInDoubt;

    /// <param name="database">The database.</param>
    /// <param name="retention">How long exchanges are kept.</param>
    /// <param name="emptyKept">Most rows kept of exchanges in which nobody's record left, their items included.</param>
    public HistoryStore(HistoryDatabase database, TimeSpan retention, long emptyKept)
    {
        _keptMilliseconds = (long)retention.TotalMilliseconds;
        _emptyKept = emptyKept;
        _database = database;
        Run(HistorySchema.Tables);
        Position = ReadPosition();
        _empty = Number($"SELECT coalesce({Rows}, 0) FROM exchanges WHERE {IsEmpty}");
    }

    public string Name => "history";

    public long Position { get; private set; }

    // DuckDB syncs its log at every commit.
    public long DurablePosition => Position;

    /// <summary>Rows kept of exchanges in which nobody's record left.</summary>
    public long EmptyRows => _empty;

    public int Take(long sequence, ReadOnlySpan<byte> record)
    {
        if (_isInDoubt)
        {
            // A commit that failed may have succeeded: its records must not be written twice.
            Position = ReadPosition();
            _isInDoubt = false;
        }
        if (sequence <= Position)
        {
            return 0;
        }
        _last = sequence;
        var reader = new RecordReader(record);
        if ((RecordKind)reader.Byte() != RecordKind.Exchange)
        {
            return 1;
        }
        try
        {
            Open();
            var exchange = new ExchangeRecordReader(reader);
            if (AppendExchange(sequence, exchange))
            {
                _empty += exchange.Verdict >= VerdictKind.Mask ? 1 + exchange.ItemCount : 1;
            }
            AppendItems(sequence, exchange);
            return 1 + exchange.ItemCount;
        }
        catch
        {
            GiveUp();
            throw;
        }
    }

    public void Commit()
    {
        if (_last == 0)
        {
            return;
        }
        try
        {
            Open();
            CloseAppenders();
            Run($"DELETE FROM position; INSERT INTO position VALUES ({_last})");
            _transaction!.Commit();
            Position = _last;
        }
        catch
        {
            GiveUp();
            throw;
        }
        Abandon();
        if (_empty > _emptyKept + _emptyKept / 8)
        {
            TryTrim();
        }
    }

    public void MakeDurable() { }

    // The engine keeps what it has read until its limit is reached; opened anew it has read nothing.
    public void Rest() => _database.Close();

    public void Prune(long now)
    {
        var oldest = now - _keptMilliseconds;
        Run($"DELETE FROM items WHERE started < {oldest}; DELETE FROM exchanges WHERE started < {oldest}");
    }

    private void TryTrim()
    {
        try
        {
            Trim();
        }
        catch
        {
            // Not again at every commit: what is committed stands, and there is time.
            _empty = _emptyKept;
            GiveUp();
            throw;
        }
    }

    // By steps of the journal, so that finding the oldest to keep takes no memory. The first exchange of an operation's day stays: since when
    // an operation is watched decides whether it may be enforced.
    private void Trim()
    {
        var step = Math.Max(1, _emptyKept / TrimSteps);
        using var command = _database.Writer.CreateCommand();
        command.CommandText =
            $"SELECT sequence // {step} AS step, {Rows} FROM exchanges WHERE {IsEmpty} GROUP BY step ORDER BY step DESC";
        var kept = 0L;
        var oldest = 0L;
        using (var steps = command.ExecuteReader())
        {
            while (oldest == 0 && steps.Read())
            {
                var count = steps.GetInt64(1);
                oldest = kept + count > _emptyKept && kept > 0 ? (steps.GetInt64(0) + 1) * step : 0;
                kept += oldest == 0 ? count : 0;
            }
        }
        if (oldest > 0)
        {
            Run(
                $"""
                BEGIN;
                DELETE FROM items WHERE sequence < {oldest} AND sequence IN (SELECT sequence FROM exchanges WHERE sequence < {oldest} AND {IsEmpty});
                DELETE FROM exchanges WHERE sequence < {oldest} AND {IsEmpty} AND sequence NOT IN
                  (SELECT min(sequence) FROM exchanges WHERE sequence < {oldest} GROUP BY operation, started // 86400000);
                COMMIT
                """
            );
        }
        _empty = kept;
    }

    public void Dispose()
    {
        Abandon();
        _database.Dispose();
    }

    /// <summary>The strongest rung, or the network for an exchange without one.</summary>
    internal static (Rung Rung, Key128 Key) CallerOf(in ExchangeRecordReader record)
    {
        var strongest = (Rung: Rung.Network, Key: record.Network);
        for (var i = 0; i < record.RungCount; i++)
        {
            var rung = record.RungAt(i);
            strongest = rung.Rung >= strongest.Rung ? rung : strongest;
        }
        return strongest;
    }

    // Rows go into the open transaction as their records come: kept as objects they would live for a second and be copied by the
    // garbage collector.
    private void Open()
    {
        if (_transaction is null)
        {
            _transaction = _database.Writer.BeginTransaction();
            _exchanges = _database.Writer.CreateAppender("exchanges");
            _items = _database.Writer.CreateAppender("items");
        }
    }

    private void CloseAppenders()
    {
        _exchanges?.Close();
        _items?.Close();
    }

    // Whether a transaction stands that failed is known once the database is opened anew.
    private void GiveUp()
    {
        _isInDoubt = true;
        try
        {
            Abandon();
        }
        catch (DuckDBException)
        {
            // The fault that led here is the one to tell of.
        }
        finally
        {
            _database.Close();
        }
    }

    private long ReadPosition() => Number("SELECT coalesce(max(sequence), 0) FROM position");

    private long Number(string sql)
    {
        using var command = _database.Writer.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    // What is not committed by now is given up.
    private void Abandon()
    {
        _last = 0;
        try
        {
            _exchanges?.Dispose();
            _items?.Dispose();
        }
        finally
        {
            _exchanges = null;
            _items = null;
            _transaction?.Dispose();
            _transaction = null;
        }
    }

    // A copy: the items are counted here and appended after. True for what the database calls empty by the same rule.
    private bool AppendExchange(long sequence, ExchangeRecordReader record)
    {
        var (rung, caller) = CallerOf(record);
        var released = 0;
        var fresh = 0;
        while (record.NextItem(out var item))
        {
            // Masked items leave, without their values.
            released += item.Outcome != ItemOutcome.Dropped || !record.IsEnforced ? 1 : 0;
            fresh += item.IsNew ? 1 : 0;
        }
        var flags =
            (record.IsEnforced ? Enforced : 0) | (record.WasForwarded ? Forwarded : 0) | (record.IsAnonymous ? Anonymous : 0);
        _exchanges!
            .CreateRow()
            .AppendValue(sequence)
            .AppendValue(record.StartedAt)
            .AppendValue(record.Operation)
            .AppendValue((short)record.Status)
            .AppendValue((byte)record.Verdict)
            .AppendValue((byte)flags)
            .AppendValue((byte)record.Release)
            .AppendValue(record.Reason)
            .AppendValue((byte)rung)
            .AppendValue((long)caller.High)
            .AppendValue((long)caller.Low)
            .AppendValue((long)record.Network.High)
            .AppendValue((long)record.Network.Low)
            .AppendValue(record.Pools)
            .AppendValue(record.ItemCount)
            .AppendValue(released)
            .AppendValue(fresh)
            .AppendValue(record.RequestHeadMilliseconds)
            .AppendValue(record.RequestBodyMilliseconds)
            .AppendValue(record.ResponseHeadMilliseconds)
            .AppendValue(record.ResponseBodyMilliseconds)
            .AppendValue(record.KeyId)
            .EndRow();
        return record.IsEnforced && record.Verdict >= VerdictKind.Throttle
            || record.IsAnonymous
                && record.Release == ReleaseKind.Measured
                && released == 0
                && (record.IsEnforced || record.Verdict < VerdictKind.Mask);
    }

    private void AppendItems(long sequence, ExchangeRecordReader record)
    {
        var (rung, caller) = CallerOf(record);
        while (record.NextItem(out var item))
        {
            if (item.Classes == 0)
            {
                continue;
            }
            _items!
                .CreateRow()
                .AppendValue(sequence)
                .AppendValue(record.StartedAt)
                .AppendValue(record.Operation)
                .AppendValue((byte)rung)
                .AppendValue((long)caller.High)
                .AppendValue((long)caller.Low)
                .AppendValue((long)record.Network.High)
                .AppendValue((long)record.Network.Low)
                .AppendValue((long)item.Subject.High)
                .AppendValue((long)item.Subject.Low)
                .AppendValue(item.Classes)
                .AppendValue((byte)item.Outcome)
                .AppendValue(record.Exposes(item))
                .EndRow();
        }
    }

    private void Run(string sql)
    {
        using var command = _database.Writer.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
