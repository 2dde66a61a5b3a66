using System.Runtime.InteropServices;

namespace Portcullis.Storage.Sqlite;

/// <summary>Ledger rows in the order in which they came, then sorted and joined. Memory is kept between batches.</summary>
internal sealed class LedgerRows
{
    private LedgerRow[] _rows = new LedgerRow[1024];
    private LedgerRow[] _sorted = [];
    private long[] _keys = [];
    private int[] _order = [];

    public int Count { get; private set; }

    public void Add(in LedgerRow row)
    {
        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
        }
        _rows[Count++] = row;
    }

    public void Clear() => Count = 0;

    /// <summary>The rows in order, one per key; valid until the next call.</summary>
    public ReadOnlySpan<LedgerRow> Sorted()
    {
        if (_sorted.Length < Count)
        {
            _sorted = new LedgerRow[_rows.Length];
            _keys = new long[_rows.Length];
            _order = new int[_rows.Length];
        }
        for (var i = 0; i < Count; i++)
        {
            _keys[i] = _rows[i].SubjectHigh;
            _order[i] = i;
        }
        // Sorting numbers and looking at whole rows only where those are equal takes a fraction of sorting rows.
        Array.Sort(_keys, _order, 0, Count);
        var written = 0;
        for (var start = 0; start < Count; )
        {
            var end = start + 1;
            while (end < Count && _keys[end] == _keys[start])
            {
                end++;
            }
            if (end - start > 1)
            {
                _order.AsSpan(start, end - start).Sort(Compare);
            }
            for (; start < end; start++)
            {
                ref readonly var row = ref _rows[_order[start]];
                if (written > 0 && LedgerRow.Compare(_sorted[written - 1], row) == 0)
                {
                    _sorted[written - 1].Join(row);
                }
                else
                {
                    _sorted[written++] = row;
                }
            }
        }
        return _sorted.AsSpan(0, written);
    }

    public static ReadOnlySpan<byte> Pack(ReadOnlySpan<LedgerRow> rows) => MemoryMarshal.AsBytes(rows);

    /// <exception cref="InvalidDataException">Not whole rows.</exception>
    public static int Unpack(ReadOnlySpan<byte> packed, Span<LedgerRow> rows)
    {
        if (packed.Length % LedgerRow.Bytes != 0 || packed.Length > rows.Length * LedgerRow.Bytes)
        {
            throw new InvalidDataException("A part of the ledger is damaged: its length is not that of whole rows.");
        }
        packed.CopyTo(MemoryMarshal.AsBytes(rows));
        return packed.Length / LedgerRow.Bytes;
    }

    private int Compare(int left, int right) => LedgerRow.Compare(_rows[left], _rows[right]);
}
