using Portcullis.Core.Hashing;
using SQLitePCL;

namespace Portcullis.Storage.Sqlite;

/// <summary>One prepared statement; values are bound in order, then it is run or stepped.</summary>
internal sealed class Statement(Database database, sqlite3_stmt statement) : IDisposable
{
    private int _bound;

    public Statement Bind(long value)
    {
        database.Check(raw.sqlite3_bind_int64(statement, ++_bound, value));
        return this;
    }

    /// <summary>Binds both halves, high first.</summary>
    public Statement Bind(Key128 key) => Bind((long)key.High).Bind((long)key.Low);

    public Statement Bind(string value)
    {
        database.Check(raw.sqlite3_bind_text(statement, ++_bound, value));
        return this;
    }

    public Statement Bind(ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(statement, ++_bound, value));
        return this;
    }

    /// <summary>Runs a change and makes ready for the next.</summary>
    public void Run()
    {
        var result = raw.sqlite3_step(statement);
        Reset();
        database.Check(result);
    }

    /// <summary>Goes to the next row; false after the last, and ready for the next use then.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }
        Reset();
        database.Check(result);
        return false;
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public int Int(int column) => raw.sqlite3_column_int(statement, column);

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string() ?? "";

    public byte[] Blob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    /// <summary>A blob where it lies; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(statement, column);

    /// <summary>A key from two columns, high half first.</summary>
    public Key128 Key(int column) => new((ulong)Long(column), (ulong)Long(column + 1));

    public void Reset()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(statement);
    }

    public void Dispose()
    {
        database.Forget(this);
        statement.Dispose();
    }
}
