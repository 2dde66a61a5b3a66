using Portcullis.Core.Budgets;
using Portcullis.Core.Exposure;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Everything remembered about one rung of one caller, in one row with declared slots: one look-up per exchange.</summary>
public sealed class CallerState
{
    /// <summary>Next row of the chain; belongs to <see cref="CallerTable"/>.</summary>
    internal CallerState? Next;

    private long _lastSeen;

    /// <param name="key">Keyed hash of the rung's value.</param>
    /// <param name="rung">Which rung this is.</param>
    /// <param name="firstSeen">Gate time, milliseconds since the Unix epoch.</param>
    public CallerState(Key128 key, Rung rung, long firstSeen)
    {
        Key = key;
        Rung = rung;
        FirstSeen = firstSeen;
        _lastSeen = firstSeen;
    }

    public Key128 Key { get; }

    public Rung Rung { get; }

    /// <summary>Gate time of the first exchange, milliseconds since the Unix epoch.</summary>
    public long FirstSeen { get; }

    /// <summary>Gate time of the latest exchange.</summary>
    public long LastSeen
    {
        get => Volatile.Read(ref _lastSeen);
        set => Volatile.Write(ref _lastSeen, value);
    }

    /// <summary>True for a key or client that stands for many people: it is recorded, but charged through its pools only.</summary>
    public bool IsShared { get; set; }

    /// <summary>Slot: bytes counted against the bound of all networks; belongs to <see cref="NetworkRows"/>.</summary>
    internal int MoreBytes { get; set; }

    /// <summary>Slot: subjects this caller received. Touched only under the commit lock.</summary>
    public ExposureState? Exposure { get; set; }
}
