using DuckDB.NET.Data;

namespace Portcullis.Storage.DuckDb;

/// <summary>
/// The history's database: one connection that writes and one that reads. The engine gives a database up as a whole when its disk fills up
/// at the wrong moment; then both are closed and opened anew, and what was committed is there again.
/// </summary>
internal sealed class HistoryDatabase : IDisposable
{
    // Given back to the machine when so many bytes were freed, instead of many times as many.
    private const string FreedBytes = "8MB";

    private readonly string _connection;
    private readonly Lock _asking = new();
    private readonly Lock _opening = new();
    private DuckDBConnection? _writer;
    private DuckDBConnection? _reader;

    /// <param name="path">The database file.</param>
    /// <param name="memoryMegabytes">Most memory the database may use for its buffers.</param>
    public HistoryDatabase(string path, int memoryMegabytes) =>
        _connection =
            $"Data Source={path};threads=1;memory_limit={memoryMegabytes}MB;preserve_insertion_order=false;allocator_flush_threshold={FreedBytes};allocator_bulk_deallocation_flush_threshold={FreedBytes};allocator_background_threads=true";

    /// <summary>The writing connection, opened when it is not; used by the store's thread alone.</summary>
    public DuckDBConnection Writer
    {
        get
        {
            lock (_opening)
            {
                return _writer ??= Connect();
            }
        }
    }

    /// <summary>Asks the reading connection, one question at a time.</summary>
    /// <exception cref="IOException">The database cannot be read now.</exception>
    public T Read<T>(Func<DuckDBConnection, T> ask)
    {
        lock (_asking)
        {
            try
            {
                return ask(Reader());
            }
            catch (DuckDBException fault)
            {
                throw new IOException($"The history cannot be read: {fault.Message}", fault);
            }
        }
    }

    /// <summary>Closes both connections; they are opened again when next used.</summary>
    public void Close()
    {
        lock (_asking)
        {
            lock (_opening)
            {
                _reader?.Dispose();
                _writer?.Dispose();
                _reader = null;
                _writer = null;
            }
        }
    }

    public void Dispose() => Close();

    // The driver joins connections of one file within a process to one database.
    private DuckDBConnection Reader()
    {
        lock (_opening)
        {
            return _reader ??= Connect();
        }
    }

    private DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(_connection);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
