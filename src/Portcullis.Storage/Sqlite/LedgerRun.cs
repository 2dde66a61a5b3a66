namespace Portcullis.Storage.Sqlite;

/// <summary>Reads one sorted run of the ledger, part by part.</summary>
internal sealed class LedgerRun : IDisposable
{
    /// <summary>Rows of a part: 64 KiB.</summary>
    public const int PartRows = 1024;

    private readonly Statement _parts;
    private readonly LedgerRow[] _rows = new LedgerRow[PartRows];
    private int _count;
    private int _next;

    public LedgerRun(Database database, long run)
    {
        _parts = database.Prepare("SELECT rows FROM ledger WHERE run=? ORDER BY id");
        _parts.Bind(run);
        Advance();
    }

    /// <summary>True when every row has been passed.</summary>
    public bool IsAtEnd => _next >= _count;

    public ref readonly LedgerRow Current => ref _rows[_next];

    public void Advance()
    {
        if (++_next < _count)
        {
            return;
        }
        _next = 0;
        _count = _parts.Step() ? LedgerRows.Unpack(_parts.Bytes(0), _rows) : 0;
    }

    public void Dispose() => _parts.Dispose();
}
