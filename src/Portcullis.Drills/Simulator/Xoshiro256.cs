using System.Numerics;

namespace Portcullis.Drills.Simulator;

/// <summary>
/// Random numbers that are the same for the same seed on every machine. Source: Blackman and Vigna, xoshiro256**, seeded by SplitMix64.
/// </summary>
public sealed class Xoshiro256
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <param name="seed">Any number.</param>
    /// <param name="stream">Another stream of the same seed.</param>
    public Xoshiro256(ulong seed, ulong stream = 0)
    {
        var state = Mix(seed) ^ Mix(stream + 0x632BE59BD9B4E019UL);
        _s0 = Mix(state += 0x9E3779B97F4A7C15UL);
        _s1 = Mix(state += 0x9E3779B97F4A7C15UL);
        _s2 = Mix(state += 0x9E3779B97F4A7C15UL);
        _s3 = Mix(state + 0x9E3779B97F4A7C15UL);
    }

    /// <summary>SplitMix64's finaliser: a bijection of 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>0 to <paramref name="count"/> - 1.</summary>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>0 up to, not including, 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => probability > 0 && Unit() < probability;

    /// <summary>Waiting time of a Poisson process with this mean rate.</summary>
    public double Wait(double rate) => -Math.Log(1 - Unit()) / rate;
}
