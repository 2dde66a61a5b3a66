namespace Portcullis.Gateway;

/// <summary>
/// Tells when a crowd has left, once for each: it asks no more, most rows of its strangers have been given up, or the heap stands
/// large while next to nobody asks.
/// </summary>
internal sealed class CrowdMemory
{
    /// <summary>Rows, or exchanges in an interval, from which on it is a crowd.</summary>
    public const int Crowd = 20_000;

    /// <summary>Bytes by which the heap may stand above what the last crowd left.</summary>
    public const long Heap = 128 << 20;

    private const int QuietShare = 10;
    private const int NextToNobody = 100;

    private int _mostRows;
    private long _records;
    private long _busiest;
    private long _floor;
    private bool _hasGivenBack;

    /// <summary>
    /// Gives memory back to the machine that is garbage now: who is quiet allocates nothing, so that nothing else would. Takes some tenths of
    /// a second, in which no request is answered.
    /// </summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <param name="rows">Rows of callers now.</param>
    /// <param name="records">Records of the journal by now; ask at even intervals.</param>
    /// <param name="heap">Bytes of the managed heap.</param>
    public bool HasLeft(int rows, long records, long heap)
    {
        var lately = records - _records;
        _records = records;
        // All look each time.
        _hasGivenBack = AreRowsGone(rows) | IsQuiet(lately) | IsIdleHeapLarge(lately, heap);
        return _hasGivenBack;
    }

    private bool IsIdleHeapLarge(long lately, long heap)
    {
        // What is left after a collection is in use; it may only have become less since.
        _floor = _hasGivenBack ? heap : Math.Min(_floor, heap);
        return lately < NextToNobody && heap - _floor >= Heap;
    }

    private bool AreRowsGone(int rows)
    {
        _mostRows = Math.Max(_mostRows, rows);
        if (_mostRows < Crowd || rows > _mostRows / 2)
        {
            return false;
        }
        _mostRows = rows;
        return true;
    }

    private bool IsQuiet(long lately)
    {
        _busiest = Math.Max(_busiest, lately);
        if (_busiest < Crowd || lately > _busiest / QuietShare)
        {
            return false;
        }
        _busiest = lately;
        return true;
    }
}
