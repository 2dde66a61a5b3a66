using Portcullis.Analysis.Exposures;
using Portcullis.Core.Traffic;

namespace Portcullis.Analysis.Inventory;

/// <summary>
/// What the gateway prints as it learns: an operation seen first, data classes it had not returned before, the most people one caller
/// received doubled. Reads counters and the ledger from the side; nothing personal, a bounded number of lines at a time.
/// </summary>
/// <param name="operations">Operations of the gate.</param>
/// <param name="ledger">Asked for the most people, seldom.</param>
/// <param name="output">Where lines go.</param>
/// <param name="time">Paces the look.</param>
public sealed class LearningLog(OperationRegistry operations, ILedger ledger, TextWriter output, TimeProvider time)
{
    private const int MostLines = 20;

    // The ledger's answer costs a pass over the history, so it may take at most one hundredth of the time.
    private const int Share = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, Known> _known = [];
    private Dictionary<int, long> _people = [];
    private TimeSpan _pause = TimeSpan.Zero;
    private long _asked;

    /// <summary>Prints until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await LookAsync(stop);
                }
#pragma warning disable CA1031 // Whatever a store could not answer, the next look asks again; printing must never end the gateway.
                catch (Exception fault) when (fault is not OperationCanceledException) { }
#pragma warning restore CA1031
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }

    /// <summary>Looks once and prints what is news.</summary>
    public async Task LookAsync(CancellationToken stop)
    {
        var changed = Changed();
        if (changed.Count == 0)
        {
            return;
        }
        await AskAsync(stop);
        var lines = new List<string>();
        foreach (var operation in changed)
        {
            var most = _people.GetValueOrDefault(operation.Index);
            var known = _known.GetValueOrDefault(operation.Index);
            var isNews =
                known is null || known.Classes != operation.ClassesSeen || known.Anonymous != operation.AnonymousPersonalData;
            if (isNews || (most > 1 && most >= known!.People * 2))
            {
                lines.Add(Line(operation, most));
                known = new Known(operation.ClassesSeen, operation.AnonymousPersonalData, most, operation.Exchanges);
            }
            _known[operation.Index] = known! with { Exchanges = operation.Exchanges };
        }
        foreach (var line in lines.Take(MostLines))
        {
            await output.WriteLineAsync(line);
        }
        if (lines.Count > MostLines)
        {
            await output.WriteLineAsync($"… and {lines.Count - MostLines} more: portcullis operations");
        }
    }

    /// <summary>One operation in one line.</summary>
    public static string Line(Operation operation, long mostPeople)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var name = operation.Method == "*" ? $"What fits no operation (`{operation.Id}`)" : $"`{operation.Id}`";
        if (operation.ClassesSeen == 0)
        {
            return $"{name} returns no personal data so far";
        }
        var classes = string.Join(", ", DataClassNames.Of(operation.ClassesSeen));
        var anonymous = operation.AnonymousPersonalData ? "yes" : "no";
        return $"{name} returns {classes}; anonymous: {anonymous}; most people seen by one caller: {mostPeople}";
    }

    private async Task AskAsync(CancellationToken stop)
    {
        if (time.GetElapsedTime(_asked) < _pause)
        {
            return;
        }
        var begun = time.GetTimestamp();
        _people = (await ledger.UsageAsync(stop)).ToDictionary(usage => usage.Operation, usage => usage.MostPeople);
        _asked = time.GetTimestamp();
        var due = time.GetElapsedTime(begun, _asked) * Share;
        _pause = due > ShortestPause ? due : ShortestPause;
    }

    // Operations nobody has called yet say nothing: a contract of 500 would fill the screen at the start.
    private List<Operation> Changed()
    {
        var changed = new List<Operation>();
        foreach (var operation in operations.All)
        {
            if (operation.Exchanges > 0 && operation.Exchanges != _known.GetValueOrDefault(operation.Index)?.Exchanges)
            {
                changed.Add(operation);
            }
        }
        return changed;
    }

    private sealed record Known(ulong Classes, bool Anonymous, long People, long Exchanges);
}
