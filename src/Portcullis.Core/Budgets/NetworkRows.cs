using Portcullis.Core.Exposure;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Budgets;

/// <summary>
/// Rows of networks that received personal data without a verified identity: made at the first release, folded once quiet for an hour, or
/// earlier when there are too many or those that received many people take too much memory. Mere requests of strangers take no memory. Touched only under the commit lock.
/// </summary>
internal sealed class NetworkRows
{
    private const long QuietMilliseconds = QuietMinutes * 60_000L;
    private const uint QuietMinutes = 61;
    private const int StepsPerCommit = 2;

    private readonly CallerTable _callers;
    private readonly Queue<CallerState> _rows = new();
    private readonly Queue<CallerState> _large = new();
    private long _moreBytes;

    public NetworkRows(CallerTable callers)
    {
        _callers = callers;
        // Rows restored from the journal come through the table, not through here.
        callers.NetworkAdded = _rows.Enqueue;
    }

    /// <summary>Most rows; past it the ones that waited longest fold although they are not quiet.</summary>
    public int Capacity { get; init; } = 200_000;

    /// <summary>Most bytes for all that rows hold beyond one subject each; past it the row that has been large for longest folds.</summary>
    public long MoreCapacity { get; init; } = 64 << 20;

    public NetworkFold Fold { get; } = new();

    public int Count => _rows.Count;

    /// <summary>Puts the row of the caller's network on an exchange that is about to release personal data.</summary>
    public void Admit(Exchange exchange, long now)
    {
        // Room is made first: the row that is about to be charged must not be among those given up.
        for (var i = 0; i < StepsPerCommit && _rows.Count > 0; i++)
        {
            Step(now, isForced: false);
        }
        MakeRoom(now);
        var row = _callers.GetOrAdd(exchange.NetworkKey, Rung.Network, now);
        row.LastSeen = Math.Max(row.LastSeen, now);
        exchange.AddRung(row);
        exchange.Caller = row;
    }

    /// <summary>Counts what a row has grown by; after each charge.</summary>
    public void Measure(CallerState row, long now)
    {
        var bytes = 0;
        foreach (var set in row.Exposure is { } exposure ? exposure.Sets : [])
        {
            bytes += set.MoreBytes;
        }
        if (bytes == row.MoreBytes)
        {
            return;
        }
        if (row.MoreBytes == 0)
        {
            _large.Enqueue(row);
        }
        _moreBytes += bytes - row.MoreBytes;
        row.MoreBytes = bytes;
        while (_moreBytes > MoreCapacity && _large.TryDequeue(out var longest))
        {
            GiveUp(longest, now);
        }
    }

    /// <summary>Folds rows until there is room for one more.</summary>
    public void MakeRoom(long now)
    {
        while (_rows.Count >= Capacity)
        {
            Step(now, isForced: true);
        }
    }

    /// <summary>Folds every quiet row; for the time when no request comes that would.</summary>
    public void Sweep(long now)
    {
        for (var i = _rows.Count; i > 0; i--)
        {
            Step(now, isForced: false);
        }
        for (var i = _large.Count; i > 0; i--)
        {
            if (_large.Dequeue() is { MoreBytes: > 0 } row)
            {
                _large.Enqueue(row);
            }
        }
        if (_rows.Count == 0)
        {
            _rows.TrimExcess();
            _large.TrimExcess();
        }
    }

    private void Step(long now, bool isForced)
    {
        var row = _rows.Dequeue();
        if (!_callers.TryGet(row.Key, out var current) || !ReferenceEquals(current, row))
        {
            return;
        }
        if (!isForced && now - row.LastSeen < QuietMilliseconds)
        {
            _rows.Enqueue(row);
            return;
        }
        GiveUp(row, now);
    }

    // A row that is no more may still wait in one of the queues: it must hold no memory there.
    private void GiveUp(CallerState row, long now)
    {
        _moreBytes -= row.MoreBytes;
        row.MoreBytes = 0;
        if (!_callers.TryGet(row.Key, out var current) || !ReferenceEquals(current, row))
        {
            return;
        }
        FoldRow(row, (uint)(now / 60_000));
        _callers.Remove(row.Key);
        row.Exposure = null;
    }

    private void FoldRow(CallerState row, uint nowMinute)
    {
        if (row.Exposure is not { } exposure)
        {
            return;
        }
        for (var i = 0; i < exposure.Sets.Length; i++)
        {
            var set = exposure.Sets[i];
            var isQuiet = set.CountSince(nowMinute, nowMinute - QuietMinutes) == 0;
            Fold.Add(row.Key, exposure.Groups[i], set, nowMinute, isQuiet ? nowMinute - QuietMinutes : nowMinute);
        }
    }
}
