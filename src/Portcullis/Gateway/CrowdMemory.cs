namespace Portcullis.Gateway;

/// <summary>Tells when a crowd has left, once for each: it asks no more, or most rows of its strangers have been given up.</summary>
internal sealed class CrowdMemory
{
    /// <summary>Rows, or exchanges in an interval, from which on it is a crowd.</summary>
    public const int Crowd = 20_000;

    private const int QuietShare = 10;

    private int _mostRows;
    private long _records;
    private long _busiest;

    /// <summary>
    /// Gives memory back to the machine that is garbage now: who is quiet allocates nothing, so that nothing else would. Takes some tenths of
    /// a second, in which no request is answered.
    /// </summary>
    public static void GiveBack() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <param name="rows">Rows of callers now.</param>
    /// <param name="records">Records of the journal by now; ask at even intervals.</param>
    public bool HasLeft(int rows, long records)
    {
        // Both look each time.
        return AreRowsGone(rows) | IsQuiet(records);
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

    private bool IsQuiet(long records)
    {
        var lately = records - _records;
        _records = records;
        _busiest = Math.Max(_busiest, lately);
        if (_busiest < Crowd || lately > _busiest / QuietShare)
        {
            return false;
        }
        _busiest = lately;
        return true;
    }
}
