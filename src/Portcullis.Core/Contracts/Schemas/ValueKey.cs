using System.Buffers.Binary;
using System.Security.Cryptography;
using Portcullis.Core.Hashing;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>
/// Keys by which JSON values compare equal in linear time: 1 and 1.0 are the same number, the order of members does not matter.
/// The key is random per process, so equality cannot be forged; keys are never stored.
/// </summary>
internal static class ValueKey
{
    private static readonly Key128 Key = Key128.Read(RandomNumberGenerator.GetBytes(Key128.Size));

    public static Key128 Of(JsonTape tape, ReadOnlySpan<byte> body, int index)
    {
        ref var token = ref tape[index];
        return token.Kind switch
        {
            JsonKind.String or JsonKind.Name => OfText(tape.Text(body, token)),
            JsonKind.Number => OfNumber(tape.Text(body, token)),
            JsonKind.Array => OfArray(tape, body, index),
            JsonKind.Object => OfObject(tape, body, index),
            _ => OfWord(token.Kind),
        };
    }

    public static Key128 OfText(ReadOnlySpan<byte> text) => SipHash128.Hash(Derive(JsonKind.String), text);

    /// <summary>The key of true, false or null.</summary>
    public static Key128 OfWord(JsonKind kind) => SipHash128.Hash(Derive(kind), []);

    public static Key128 OfNumber(ReadOnlySpan<byte> text)
    {
        var number = JsonNumber.Read(text);
        // Digits without sign, point, exponent and outer zeros, then the place of the point: one form for each value.
        Span<byte> canonical = stackalloc byte[64];
        if (text.Length > canonical.Length - 16)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(canonical, number.Nearest);
            return SipHash128.Hash(Derive(JsonKind.Number), canonical[..8]);
        }
        var exponent = 0;
        var at = text.IndexOfAny((byte)'e', (byte)'E');
        if (
            at >= 0
            && !System.Buffers.Text.Utf8Parser.TryParse(
                text[at + 1] == '+' ? text[(at + 2)..] : text[(at + 1)..],
                out exponent,
                out _
            )
        )
        {
            exponent = int.MaxValue / 2;
        }
        var length = 0;
        var afterPoint = false;
        foreach (var b in at < 0 ? text : text[..at])
        {
            if (b == '.')
            {
                afterPoint = true;
            }
            else if (b != '-')
            {
                exponent -= afterPoint ? 1 : 0;
                if (b != '0' || length > 0)
                {
                    canonical[length++] = b;
                }
            }
        }
        while (length > 0 && canonical[length - 1] == '0')
        {
            length--;
            exponent++;
        }
        BinaryPrimitives.WriteInt32LittleEndian(canonical[length..], length == 0 ? 0 : exponent);
        canonical[length + 4] = length > 0 && text[0] == '-' ? (byte)1 : (byte)0;
        return SipHash128.Hash(Derive(JsonKind.Number), canonical[..(length + 5)]);
    }

    private static Key128 OfArray(JsonTape tape, ReadOnlySpan<byte> body, int index)
    {
        Span<byte> pair = stackalloc byte[2 * Key128.Size];
        var key = SipHash128.Hash(Derive(JsonKind.Array), []);
        for (var i = index + 1; i < tape[index].Next; i = tape[i].Next)
        {
            key.Write(pair);
            Of(tape, body, i).Write(pair[Key128.Size..]);
            key = SipHash128.Hash(Key, pair);
        }
        return key;
    }

    private static Key128 OfObject(JsonTape tape, ReadOnlySpan<byte> body, int index)
    {
        Span<byte> pair = stackalloc byte[2 * Key128.Size];
        var high = 0UL;
        var low = 0UL;
        for (var i = index + 1; i < tape[index].Next; i = tape[i].Next)
        {
            OfText(tape.Text(body, tape[i])).Write(pair);
            Of(tape, body, i + 1).Write(pair[Key128.Size..]);
            var member = SipHash128.Hash(Key, pair);
            high += member.High;
            low += member.Low;
        }
        new Key128(high, low).Write(pair);
        return SipHash128.Hash(Derive(JsonKind.Object), pair[..Key128.Size]);
    }

    private static Key128 Derive(JsonKind kind) => new(Key.High ^ ((ulong)kind + 1), Key.Low);
}
