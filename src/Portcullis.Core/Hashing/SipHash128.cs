using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Portcullis.Core.Hashing;

/// <summary>
/// SipHash-2-4 with 128-bit output: a keyed pseudo-random function fast enough for every item of every answer.
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), and the authors' 128-bit variant.
/// </summary>
public static class SipHash128
{
    /// <summary>Hashes <paramref name="data"/> under <paramref name="key"/>; the result's halves are the two output words.</summary>
    public static Key128 Hash(Key128 key, ReadOnlySpan<byte> data)
    {
        var v0 = 0x736f6d6570736575UL ^ key.High;
        var v1 = 0x646f72616e646f6dUL ^ key.Low ^ 0xee;
        var v2 = 0x6c7967656e657261UL ^ key.High;
        var v3 = 0x7465646279746573UL ^ key.Low;
        var length = (ulong)data.Length;

        while (data.Length >= 8)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(data);
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            data = data[8..];
        }

        var last = length << 56;
        for (var i = 0; i < data.Length; i++)
        {
            last |= (ulong)data[i] << (8 * i);
        }
        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;

        v2 ^= 0xee;
        Finish(ref v0, ref v1, ref v2, ref v3);
        var first = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        Finish(ref v0, ref v1, ref v2, ref v3);
        return new Key128(first, v0 ^ v1 ^ v2 ^ v3);
    }

    // Inlined: a call that takes the four words by reference would keep them in memory through every round.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
