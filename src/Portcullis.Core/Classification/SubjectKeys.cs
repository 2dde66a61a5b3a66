using System.Runtime.CompilerServices;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Classification;

/// <summary>How values become keys: every part of the product that asks after a subject or an alias goes through here.</summary>
public static class SubjectKeys
{
    /// <summary>Type of a subject's key made from a plain id whose kind nothing tells.</summary>
    public const byte PlainId = 255;

    /// <summary>Type of a subject's key made from all values of an item that has no id.</summary>
    public const byte OwnValues = 254;

    internal const byte PersonNameBit = 3;

    private const int Longest = 512;

    /// <summary>Key of the subject whose id is this value of this class (bit number, or <see cref="PlainId"/>).</summary>
    public static Key128 Subject(KeyRing keys, byte type, ReadOnlySpan<byte> value) =>
        Hash(keys, KeyPurpose.Subject, type, value);

    /// <summary>Key of an alias: a value of a data class in its normal form.</summary>
    public static Key128 Alias(KeyRing keys, byte classBit, ReadOnlySpan<byte> value) =>
        Hash(keys, KeyPurpose.Alias, classBit, value);

    /// <summary>A set of up to three bits of 128 for each word of a name, without case: contained when the words are.</summary>
    [SkipLocalsInit]
    internal static Key128 Words(KeyRing keys, ReadOnlySpan<byte> name)
    {
        Span<byte> word = stackalloc byte[64];
        ulong high = 0;
        ulong low = 0;
        var length = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var c = i < name.Length ? name[i] : (byte)' ';
            if (c is not ((byte)' ' or (byte)',' or (byte)'.' or (byte)'-'))
            {
                if (length < word.Length)
                {
                    word[length++] = (byte)(c is >= (byte)'A' and <= (byte)'Z' ? c + 32 : c);
                }
                continue;
            }
            if (length > 0)
            {
                var hash = keys.Hash(KeyPurpose.Alias, PersonNameBit, word[..length]).Low;
                high |= 1UL << (int)(hash & 63);
                low |= 1UL << (int)(hash >> 6 & 63);
                low |= 1UL << (int)(hash >> 12 & 63);
                length = 0;
            }
        }
        return new Key128(high, low);
    }

    [SkipLocalsInit]
    private static Key128 Hash(KeyRing keys, KeyPurpose purpose, byte type, ReadOnlySpan<byte> value)
    {
        if (type < 64 && DataClasses.Find(type) is { } item && value.Length <= Longest)
        {
            Span<byte> buffer = stackalloc byte[Longest + 1];
            return keys.Hash(purpose, type, buffer[..item.Normalise(value, buffer)]);
        }
        return keys.Hash(purpose, type, value.Trim((byte)' '));
    }
}
