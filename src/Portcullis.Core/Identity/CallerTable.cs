using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>Rows of all known rungs. A row exists from the first release or verified credential; bounded by <see cref="Capacity"/>.</summary>
public sealed class CallerTable
{
    private readonly ConcurrentDictionary<Key128, CallerState> _rows = new();

    /// <summary>Most rows; past it new identities share one row per rung, so that they only ever share budgets.</summary>
    public int Capacity { get; init; } = 4_000_000;

    /// <summary>Told of each new row of a network, which are made under the commit lock only.</summary>
    internal Action<CallerState>? NetworkAdded { get; set; }

    public int Count => _rows.Count;

    public IEnumerable<CallerState> Rows => _rows.Values;

    public bool TryGet(Key128 key, [NotNullWhen(true)] out CallerState? row) => _rows.TryGetValue(key, out row);

    /// <summary>The row of a verified rung, made at first sight.</summary>
    public CallerState GetOrAdd(Key128 key, Rung rung, long now)
    {
        if (_rows.TryGetValue(key, out var row))
        {
            return row;
        }
        // Networks have a bound of their own, and fold under their own keys.
        if (rung != Rung.Network && _rows.Count >= Capacity)
        {
            key = new Key128(0, (ulong)rung);
        }
        var made = new CallerState(key, rung, now);
        row = _rows.GetOrAdd(key, made);
        if (rung == Rung.Network && ReferenceEquals(row, made))
        {
            NetworkAdded?.Invoke(row);
        }
        return row;
    }

    public bool Remove(Key128 key) => _rows.TryRemove(key, out _);
}
