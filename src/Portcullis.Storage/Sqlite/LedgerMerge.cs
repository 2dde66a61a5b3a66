namespace Portcullis.Storage.Sqlite;

/// <summary>Several sorted runs read as one.</summary>
internal sealed class LedgerMerge : IDisposable
{
    private readonly List<LedgerRun> _runs;

    public LedgerMerge(Database database, IEnumerable<long> runs) =>
        _runs = [.. runs.Select(run => new LedgerRun(database, run))];

    /// <summary>The next row in order; false after the last.</summary>
    public bool Next(out LedgerRow row)
    {
        LedgerRun? least = null;
        foreach (var run in _runs)
        {
            if (!run.IsAtEnd && (least is null || LedgerRow.Compare(run.Current, least.Current) < 0))
            {
                least = run;
            }
        }
        if (least is null)
        {
            row = default;
            return false;
        }
        row = least.Current;
        least.Advance();
        return true;
    }

    public void Dispose()
    {
        foreach (var run in _runs)
        {
            run.Dispose();
        }
    }
}
