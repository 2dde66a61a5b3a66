using System.Buffers.Binary;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Traffic;

/// <summary>
/// The id a refused caller is given and an operator looks up: the journal's sequence number under a keyed four-round Feistel network
/// (Luby and Rackoff 1988), so that it tells strangers nothing about traffic and cannot be guessed from another one.
/// </summary>
public static class IncidentId
{
    private const string Prefix = "inc_";

    public static string Of(KeyRing keys, long sequence)
    {
        var (left, right) = ((uint)((ulong)sequence >> 32), (uint)sequence);
        for (byte round = 0; round < 4; round++)
        {
            (left, right) = (right, left ^ Round(keys, round, right));
        }
        return $"{Prefix}{left:x8}{right:x8}";
    }

    /// <summary>The sequence number behind an id, or null when the text is none.</summary>
    public static long? Parse(KeyRing keys, string text)
    {
        if (
            text.Length != Prefix.Length + 16
            || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !ulong.TryParse(
                text.AsSpan(Prefix.Length),
                System.Globalization.NumberStyles.AllowHexSpecifier,
                null,
                out var value
            )
        )
        {
            return null;
        }
        var (left, right) = ((uint)(value >> 32), (uint)value);
        for (var round = 3; round >= 0; round--)
        {
            (left, right) = (right ^ Round(keys, (byte)round, left), left);
        }
        return (long)(((ulong)left << 32) | right);
    }

    private static uint Round(KeyRing keys, byte round, uint half)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = round;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], half);
        return (uint)keys.Hash(KeyPurpose.Credential, 0xFE, bytes).Low;
    }
}
