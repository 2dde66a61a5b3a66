using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>
/// A bounded table from credential hashes to what is known of them: sets of eight places, the longest unused place of a set is given up
/// first. Reading allocates nothing; memory is taken at the first entry.
/// </summary>
/// <typeparam name="T">What is known; a small struct or a reference.</typeparam>
internal sealed class CredentialTable<T>
{
    private const int Ways = 8;
    private const int Stripes = 64;

    private readonly Lock[] _locks = new Lock[Stripes];
    private readonly int _setMask;
    private Entry[]? _entries;

    /// <param name="capacity">Most entries; rounded up to a power of two.</param>
    public CredentialTable(int capacity)
    {
        var sets = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, capacity / Ways));
        _setMask = sets - 1;
        for (var i = 0; i < Stripes; i++)
        {
            _locks[i] = new Lock();
        }
    }

    public int Capacity => (_setMask + 1) * Ways;

    /// <summary>What is known of a credential; notes that it was used now.</summary>
    public bool TryGet(Key128 key, long now, out T? value)
    {
        value = default;
        var entries = Volatile.Read(ref _entries);
        if (entries is null)
        {
            return false;
        }
        var set = SetOf(key);
        lock (_locks[set & (Stripes - 1)])
        {
            foreach (ref var entry in entries.AsSpan(set * Ways, Ways))
            {
                if (entry.Key == key)
                {
                    entry.UsedAt = now;
                    value = entry.Value;
                    return true;
                }
            }
        }
        return false;
    }

    public void Set(Key128 key, long now, T value)
    {
        var entries = Volatile.Read(ref _entries) ?? Create();
        var set = SetOf(key);
        lock (_locks[set & (Stripes - 1)])
        {
            var places = entries.AsSpan(set * Ways, Ways);
            var chosen = 0;
            for (var i = 0; i < Ways; i++)
            {
                if (places[i].Key == key || places[i].Key.IsEmpty)
                {
                    chosen = i;
                    break;
                }
                if (places[i].UsedAt < places[chosen].UsedAt)
                {
                    chosen = i;
                }
            }
            places[chosen] = new Entry
            {
                Key = key,
                UsedAt = now,
                Value = value,
            };
        }
    }

    public bool Remove(Key128 key)
    {
        var entries = Volatile.Read(ref _entries);
        if (entries is null)
        {
            return false;
        }
        var set = SetOf(key);
        lock (_locks[set & (Stripes - 1)])
        {
            var places = entries.AsSpan(set * Ways, Ways);
            for (var i = 0; i < Ways; i++)
            {
                if (places[i].Key == key)
                {
                    // The last used place moves into the gap, so that the free ones stay at the end.
                    var last = Ways - 1;
                    while (places[last].Key.IsEmpty)
                    {
                        last--;
                    }
                    places[i] = places[last];
                    places[last] = default;
                    return true;
                }
            }
        }
        return false;
    }

    private int SetOf(Key128 key) => (int)(key.Low >> 7) & _setMask;

    private Entry[] Create()
    {
        var made = new Entry[Capacity];
        return Interlocked.CompareExchange(ref _entries, made, null) ?? made;
    }

    private struct Entry
    {
        public Key128 Key;
        public long UsedAt;
        public T Value;
    }
}
