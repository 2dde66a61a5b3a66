using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Portcullis.Storage.Sqlite;

/// <summary>One SQLite connection, spoken to without the per-row cost of ADO.NET parameters.</summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly List<Statement> _statements = [];

    public Database(string path, bool isReadOnly)
    {
        _connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = isReadOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
            }.ToString()
        );
        _connection.Open();
        Run("PRAGMA busy_timeout=10000");
        Run("PRAGMA cache_size=-16384");
        if (!isReadOnly)
        {
            Run("PRAGMA journal_mode=WAL");
            Run("PRAGMA synchronous=NORMAL");
            Run("PRAGMA wal_autocheckpoint=16384");
        }
    }

    private sqlite3 Handle => _connection.Handle!;

    public Statement Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        var prepared = new Statement(this, statement);
        _statements.Add(prepared);
        return prepared;
    }

    /// <summary>Runs statements without results.</summary>
    public void Run(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>First column of the first row, 0 without one.</summary>
    public long Number(string sql)
    {
        Check(raw.sqlite3_prepare_v2(Handle, sql, out var statement));
        using var query = new Statement(this, statement);
        return query.Step() ? query.Long(0) : 0;
    }

    /// <summary>Reads several times from one and the same state.</summary>
    public void InSnapshot(Action read)
    {
        Run("BEGIN");
        try
        {
            read();
        }
        finally
        {
            Run("COMMIT");
        }
    }

    /// <summary>Runs a change whole or not at all.</summary>
    public void InTransaction(Action change)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            change();
            Run("COMMIT");
        }
        catch
        {
            foreach (var statement in _statements)
            {
                statement.Reset();
            }
            if (raw.sqlite3_get_autocommit(Handle) == 0)
            {
                _ = raw.sqlite3_exec(Handle, "ROLLBACK");
            }
            throw;
        }
    }

    /// <summary>Empties the cache, and gives its memory back to the machine.</summary>
    public void GiveBack()
    {
        Run("PRAGMA shrink_memory");
        NativeHeap.Trim();
    }

    public void Dispose()
    {
        foreach (var statement in _statements.ToArray())
        {
            statement.Dispose();
        }
        _connection.Dispose();
    }

    internal void Forget(Statement statement) => _statements.Remove(statement);

    internal void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new IOException(
                $"SQLite {_connection.DataSource}: {raw.sqlite3_errmsg(Handle).utf8_to_string()} (code {result})."
            );
        }
    }
}
