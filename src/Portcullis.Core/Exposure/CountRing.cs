using System.Numerics;

namespace Portcullis.Core.Exposure;

/// <summary>Counts by slot of time (a minute, an hour) over the latest so many slots. The sum asked for last is kept as counts change.</summary>
internal sealed class CountRing(int slots)
{
    private static readonly (uint First, uint Last) Nothing = (1, 0);

    private readonly int[] _counts = new int[slots];
    private (uint First, uint Last) _summed = Nothing;
    private int _sum;

    public int this[uint slot] => _counts[slot % (uint)_counts.Length];

    public void Add(uint slot, int delta)
    {
        _counts[slot % (uint)_counts.Length] += delta;
        if (slot >= _summed.First && slot <= _summed.Last)
        {
            _sum += delta;
        }
    }

    /// <summary>Begins the slots after <paramref name="head"/> up to <paramref name="now"/>, which take the places of the oldest.</summary>
    public void Advance(uint head, uint now)
    {
        var length = (uint)_counts.Length;
        for (var slot = Math.Max(head + 1, now < length ? 0 : now - length + 1); slot <= now; slot++)
        {
            _counts[slot % length] = 0;
            _summed = Nothing;
        }
    }

    /// <summary>Sum of the slots from first to last, both included.</summary>
    public int Sum(uint first, uint last)
    {
        if (first > last)
        {
            return 0;
        }
        if ((first, last) != _summed)
        {
            // At most two contiguous runs: 745 hours cost tens of nanoseconds that way.
            var (from, to) = ((int)(first % (uint)_counts.Length), (int)(last % (uint)_counts.Length));
            _sum = from <= to ? Sum(_counts.AsSpan(from..(to + 1))) : Sum(_counts.AsSpan(from)) + Sum(_counts.AsSpan(0, to + 1));
            _summed = (first, last);
        }
        return _sum;
    }

    private static int Sum(ReadOnlySpan<int> counts)
    {
        var lanes = Vector<int>.Zero;
        while (counts.Length >= Vector<int>.Count)
        {
            lanes += new Vector<int>(counts);
            counts = counts[Vector<int>.Count..];
        }
        var sum = Vector.Sum(lanes);
        foreach (var count in counts)
        {
            sum += count;
        }
        return sum;
    }
}
