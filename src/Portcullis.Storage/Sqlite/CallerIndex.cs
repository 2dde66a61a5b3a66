using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Storage.Sqlite;

/// <summary>The callers that the ledger's rows name, by the low half of their key: 17 bytes each, because a crowd of strangers is millions.</summary>
internal sealed class CallerIndex
{
    private readonly long[] _lows;
    private readonly long[] _highs;
    private readonly Rung[] _rungs;

    /// <summary>Reads the callers last seen at or after a time; inside the caller's snapshot.</summary>
    public CallerIndex(Database database, long since)
    {
        var count = (int)database.Number($"SELECT count(*) FROM callers WHERE last>={since}");
        _lows = new long[count];
        _highs = new long[count];
        _rungs = new Rung[count];
        using var rows = database.Prepare($"SELECT id,key_high,rung FROM callers WHERE last>={since} ORDER BY id");
        for (var i = 0; i < count && rows.Step(); i++)
        {
            _lows[i] = rows.Long(0);
            _highs[i] = rows.Long(1);
            _rungs[i] = (Rung)rows.Int(2);
        }
    }

    public bool TryFind(long low, out Rung rung, out Key128 key)
    {
        var at = Array.BinarySearch(_lows, low);
        if (at < 0)
        {
            (rung, key) = (default, default);
            return false;
        }
        (rung, key) = (_rungs[at], new Key128((ulong)_highs[at], (ulong)low));
        return true;
    }
}
