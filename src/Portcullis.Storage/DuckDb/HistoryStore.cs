using DuckDB.NET.Data;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage.DuckDb;

/// <summary>The history database, filled from the journal by column-wise appends, each commit together with the position it reaches.</summary>
internal sealed class HistoryStore : IJournalStore
{
    public const byte Enforced = 1;
    public const byte Forwarded = 2;
    public const byte Anonymous = 4;

    private readonly DuckDBConnection _connection;
    private readonly List<(long Sequence, ExchangeRecord Record)> _batch = [];
    private readonly long _keptMilliseconds;
    private long _last;

    /// <param name="path">The database file.</param>
    /// <param name="retention">How long exchanges are kept.</param>
    /// <param name="memoryMegabytes">Most memory the database may use for its buffers.</param>
    public HistoryStore(string path, TimeSpan retention, int memoryMegabytes)
    {
        _keptMilliseconds = (long)retention.TotalMilliseconds;
        _connection = new DuckDBConnection(
            $"Data Source={path};threads=1;memory_limit={memoryMegabytes}MB;preserve_insertion_order=false"
        );
        _connection.Open();
        Run(HistorySchema.Tables);
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT coalesce(max(sequence), 0) FROM position";
        Position = Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public string Name => "history";

    public long Position { get; private set; }

    // DuckDB syncs its log at every commit.
    public long DurablePosition => Position;

    /// <summary>Another connection to the open database, for reading.</summary>
    public DuckDBConnection Connect()
    {
        // The driver joins connections of one file within a process to one database.
        var connection = new DuckDBConnection(_connection.ConnectionString);
        connection.Open();
        return connection;
    }

    public int Take(long sequence, ReadOnlySpan<byte> record)
    {
        _last = sequence;
        var reader = new RecordReader(record);
        if ((RecordKind)reader.Byte() != RecordKind.Exchange)
        {
            return 1;
        }
        var exchange = ExchangeRecord.Read(ref reader);
        _batch.Add((sequence, exchange));
        return 1 + exchange.Items.Length;
    }

    public void Commit()
    {
        if (_last == 0)
        {
            return;
        }
        try
        {
            using var transaction = _connection.BeginTransaction();
            AppendExchanges();
            AppendItems();
            Run($"DELETE FROM position; INSERT INTO position VALUES ({_last})");
            transaction.Commit();
            Position = _last;
        }
        finally
        {
            _batch.Clear();
            _last = 0;
        }
    }

    public void MakeDurable() { }

    public void Prune(long now)
    {
        var oldest = now - _keptMilliseconds;
        Run($"DELETE FROM items WHERE started < {oldest}; DELETE FROM exchanges WHERE started < {oldest}");
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>The strongest rung, or the network for an exchange without one.</summary>
    internal static (Rung Rung, Key128 Key) CallerOf(ExchangeRecord record)
    {
        var strongest = (Rung: Rung.Network, Key: record.Network);
        foreach (var rung in record.Rungs)
        {
            strongest = rung.Rung >= strongest.Rung ? rung : strongest;
        }
        return strongest;
    }

    private void AppendExchanges()
    {
        using var appender = _connection.CreateAppender("exchanges");
        foreach (var (sequence, record) in _batch)
        {
            var (rung, caller) = CallerOf(record);
            var released = 0;
            var fresh = 0;
            foreach (var item in record.Items)
            {
                released += Left(record, item) ? 1 : 0;
                fresh += item.IsNew ? 1 : 0;
            }
            var flags =
                (record.IsEnforced ? Enforced : 0) | (record.WasForwarded ? Forwarded : 0) | (record.IsAnonymous ? Anonymous : 0);
            var row = appender.CreateRow();
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
                .AppendValue(record.Items.Length)
                .AppendValue(released)
                .AppendValue(fresh);
            foreach (var milliseconds in record.PhaseMilliseconds)
            {
                row.AppendValue(milliseconds);
            }
            row.AppendValue(record.KeyId).EndRow();
        }
    }

    private void AppendItems()
    {
        using var appender = _connection.CreateAppender("items");
        foreach (var (sequence, record) in _batch)
        {
            var (rung, caller) = CallerOf(record);
            foreach (var item in record.Items)
            {
                if (item.Classes == 0)
                {
                    continue;
                }
                appender
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
    }

    // Masked items leave, without their values.
    private static bool Left(ExchangeRecord record, ExchangeRecordItem item) =>
        item.Outcome != ItemOutcome.Dropped || !record.IsEnforced;

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
