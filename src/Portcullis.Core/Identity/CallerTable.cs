using System.Diagnostics.CodeAnalysis;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>
/// Rows of all known rungs. A row exists from the first release or verified credential; bounded by <see cref="Capacity"/>. Rows hang in
/// chains by themselves, so that a look-up touches two places in memory and a row costs nothing beside itself.
/// </summary>
public sealed class CallerTable
{
    private const int Stripes = 64;
    private const int StripeBits = 6;

    private readonly Stripe[] _stripes = new Stripe[Stripes];
    private int _count;

    public CallerTable()
    {
        for (var i = 0; i < Stripes; i++)
        {
            _stripes[i] = new Stripe();
        }
    }

    /// <summary>Most rows; past it new identities share one row per rung, so that they only ever share budgets.</summary>
    public int Capacity { get; init; } = 4_000_000;

    /// <summary>Told of each new row of a network, which are made under the commit lock only.</summary>
    internal Action<CallerState>? NetworkAdded { get; set; }

    public int Count => Volatile.Read(ref _count);

    /// <summary>All rows; those that come or go meanwhile may be among them or not.</summary>
    public IEnumerable<CallerState> Rows => _stripes.SelectMany(stripe => stripe.All());

    public bool TryGet(Key128 key, [NotNullWhen(true)] out CallerState? row)
    {
        row = StripeOf(key).Find(key);
        return row is not null;
    }

    /// <summary>The row of a verified rung, made at first sight.</summary>
    public CallerState GetOrAdd(Key128 key, Rung rung, long now)
    {
        if (StripeOf(key).Find(key) is { } known)
        {
            return known;
        }
        // Networks have a bound of their own, and fold under their own keys.
        if (rung != Rung.Network && Count >= Capacity)
        {
            key = new Key128(0, (ulong)rung);
        }
        var row = StripeOf(key).GetOrAdd(key, rung, now, out var isNew);
        if (isNew)
        {
            Interlocked.Increment(ref _count);
            if (rung == Rung.Network)
            {
                NetworkAdded?.Invoke(row);
            }
        }
        return row;
    }

    public bool Remove(Key128 key)
    {
        var isRemoved = StripeOf(key).Remove(key);
        if (isRemoved)
        {
            Interlocked.Decrement(ref _count);
        }
        return isRemoved;
    }

    private Stripe StripeOf(Key128 key) => _stripes[(int)key.Low & (Stripes - 1)];

    /// <summary>One part of the table with a lock of its own.</summary>
    private sealed class Stripe
    {
        private const int LeastChains = 8;

        private readonly Lock _lock = new();
        private CallerState?[] _chains = new CallerState?[LeastChains];
        private int _count;

        public CallerState? Find(Key128 key)
        {
            lock (_lock)
            {
                return FindIn(_chains, key);
            }
        }

        public CallerState GetOrAdd(Key128 key, Rung rung, long now, out bool isNew)
        {
            lock (_lock)
            {
                var row = FindIn(_chains, key);
                isNew = row is null;
                if (row is null)
                {
                    // At most half as many rows as chains: most look-ups then touch no other caller's row.
                    if (_count * 2 >= _chains.Length)
                    {
                        Resize(_chains.Length * 2);
                    }
                    row = new CallerState(key, rung, now);
                    Hang(_chains, row);
                    _count++;
                }
                return row;
            }
        }

        public bool Remove(Key128 key)
        {
            lock (_lock)
            {
                ref var link = ref _chains[ChainOf(_chains, key)];
                while (link is not null && link.Key != key)
                {
                    link = ref link.Next;
                }
                if (link is null)
                {
                    return false;
                }
                var gone = link;
                link = gone.Next;
                gone.Next = null;
                _count--;
                if (_chains.Length > LeastChains && _count < _chains.Length / 16)
                {
                    Resize(_chains.Length / 4);
                }
                return true;
            }
        }

        public List<CallerState> All()
        {
            lock (_lock)
            {
                var all = new List<CallerState>(_count);
                foreach (var first in _chains)
                {
                    for (var row = first; row is not null; row = row.Next)
                    {
                        all.Add(row);
                    }
                }
                return all;
            }
        }

        private static int ChainOf(CallerState?[] chains, Key128 key) => (int)(key.Low >> StripeBits) & (chains.Length - 1);

        private static CallerState? FindIn(CallerState?[] chains, Key128 key)
        {
            var row = chains[ChainOf(chains, key)];
            while (row is not null && row.Key != key)
            {
                row = row.Next;
            }
            return row;
        }

        private static void Hang(CallerState?[] chains, CallerState row)
        {
            ref var first = ref chains[ChainOf(chains, row.Key)];
            row.Next = first;
            first = row;
        }

        private void Resize(int length)
        {
            var chains = new CallerState?[Math.Max(LeastChains, length)];
            foreach (var first in _chains)
            {
                for (var row = first; row is not null; )
                {
                    var next = row.Next;
                    Hang(chains, row);
                    row = next;
                }
            }
            _chains = chains;
        }
    }
}
