using DuckDB.NET.Data;
using Portcullis.Core;
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

    private readonly HistoryDatabase _database;
    private readonly long _keptMilliseconds;
    private DuckDBTransaction? _transaction;
    private DuckDBAppender? _exchanges;
    private DuckDBAppender? _items;
    private long _last;
    private bool _isInDoubt;

    /// <param name="database">The database.</param>
    /// <param name="retention">How long exchanges are kept.</param>
    public HistoryStore(HistoryDatabase database, TimeSpan retention)
    {
        _keptMilliseconds = (long)retention.TotalMilliseconds;
        _database = database;
        Run(HistorySchema.Tables);
        Position = ReadPosition();
    }

    public string Name => "history";

    public long Position { get; private set; }

    // DuckDB syncs its log at every commit.
    public long DurablePosition => Position;

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
            AppendExchange(sequence, exchange);
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
    }

    public void MakeDurable() { }

    // The engine keeps what it has read until its limit is reached; opened anew it has read nothing.
    public void Rest() => _database.Close();

    public void Prune(long now)
    {
        var oldest = now - _keptMilliseconds;
        Run($"DELETE FROM items WHERE started < {oldest}; DELETE FROM exchanges WHERE started < {oldest}");
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

    private long ReadPosition()
    {
        using var command = _database.Writer.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM position";
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

    // A copy: the items are counted here and appended after.
    private void AppendExchange(long sequence, ExchangeRecordReader record)
    {
        var (rung, caller) = CallerOf(record);
        var flags =
            (record.IsEnforced ? Enforced : 0) | (record.WasForwarded ? Forwarded : 0) | (record.IsAnonymous ? Anonymous : 0);
        var row = _exchanges!.CreateRow();
        row.AppendValue(sequence)
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
            .AppendValue(record.ItemCount);
        var released = 0;
        var fresh = 0;
        while (record.NextItem(out var item))
        {
            // Masked items leave, without their values.
            released += item.Outcome != ItemOutcome.Dropped || !record.IsEnforced ? 1 : 0;
            fresh += item.IsNew ? 1 : 0;
        }
        row.AppendValue(released)
            .AppendValue(fresh)
            .AppendValue(record.RequestHeadMilliseconds)
            .AppendValue(record.RequestBodyMilliseconds)
            .AppendValue(record.ResponseHeadMilliseconds)
            .AppendValue(record.ResponseBodyMilliseconds)
            .AppendValue(record.KeyId)
            .EndRow();
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
