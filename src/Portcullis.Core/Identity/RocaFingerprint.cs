using System.Numerics;

namespace Portcullis.Core.Identity;

/// <summary>
/// Recognises RSA keys made by a library whose primes can be factored (CVE-2017-15361). Source: Nemec and others, "The Return of
/// Coppersmith's Attack" (2017): modulo every small prime such a modulus lies in the group that 65537 generates.
/// </summary>
internal static class RocaFingerprint
{
    private static readonly int[] Primes = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

    /// <summary>True when the modulus (big-endian) carries the fingerprint; a sound key does with probability 2^-27.</summary>
    public static bool Matches(ReadOnlySpan<byte> modulus)
    {
        var n = new BigInteger(modulus, isUnsigned: true, isBigEndian: true);
        foreach (var prime in Primes)
        {
            if (!IsPowerOf65537((int)(n % prime), prime))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsPowerOf65537(int value, int prime)
    {
        var generator = 65537 % prime;
        var power = 1;
        for (var i = 0; i < prime; i++)
        {
            if (power == value)
            {
                return true;
            }
            power = power * generator % prime;
        }
        return false;
    }
}
