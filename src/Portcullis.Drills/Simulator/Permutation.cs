namespace Portcullis.Drills.Simulator;

/// <summary>A shuffled order of 0 to count - 1 without a table: a four-round Feistel network, walked until it stays in range.</summary>
public sealed class Permutation
{
    private readonly uint _count;
    private readonly int _halfBits;
    private readonly ulong _seed;

    public Permutation(int count, ulong seed)
    {
        _count = (uint)count;
        _seed = seed;
        var bits = 2;
        while (1UL << bits < (ulong)count)
        {
            bits += 2;
        }
        _halfBits = bits / 2;
    }

    public int this[int index]
    {
        get
        {
            var value = (uint)index;
            do
            {
                value = Encrypt(value);
            } while (value >= _count);
            return (int)value;
        }
    }

    private uint Encrypt(uint value)
    {
        var mask = (1u << _halfBits) - 1;
        var left = value >> _halfBits;
        var right = value & mask;
        for (var round = 0UL; round < 4; round++)
        {
            var mixed = (uint)Xoshiro256.Mix(_seed + (round << 32) + right) & mask;
            (left, right) = (right, left ^ mixed);
        }
        return (left << _halfBits) | right;
    }
}
