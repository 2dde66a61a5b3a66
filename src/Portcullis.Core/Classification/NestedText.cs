using System.Buffers;
using System.Buffers.Text;

namespace Portcullis.Core.Classification;

/// <summary>
/// Finds what stands inside one text value: JSON written as a string, plain or in Base64, and e-mail addresses in a sentence. The value can
/// only be masked as a whole.
/// </summary>
internal static class NestedText
{
    /// <summary>Shorter values hold nothing.</summary>
    public const int Shortest = 8;

    /// <summary>Most texts inside one another that are read.</summary>
    public const int Deepest = 3;

    private const int ShortestCoded = 24;

    public static void Read(BodyReading reading, ReadOnlySpan<byte> value, TextRange range)
    {
        if (reading.Nesting == Deepest)
        {
            return;
        }
        var text = value.Trim(" \t\r\n"u8);
        var isRead = text is [(byte)'{', ..] or [(byte)'[', ..]
            ? ReadJson(reading, text, range)
            : text is [(byte)'e', ..] or [(byte)'W', ..] && ReadCoded(reading, text, range);
        if (!isRead && text.Contains((byte)'@'))
        {
            ReadAddresses(reading, text, range);
        }
    }

    private static bool ReadJson(BodyReading reading, ReadOnlySpan<byte> json, TextRange range)
    {
        var place = reading.Enter(range);
        try
        {
            return JsonBody.Read(reading, json, 0);
        }
        finally
        {
            reading.Tape.Clear();
            reading.Leave(place);
        }
    }

    // "{" and "[" in Base64 are e and W, followed by one of the upper quarter of the alphabet.
    private static bool ReadCoded(BodyReading reading, ReadOnlySpan<byte> text, TextRange range)
    {
        if (text.Length < ShortestCoded || !Texts.IsAll(text[..ShortestCoded], Texts.Base64))
        {
            return false;
        }
        text = text.TrimEnd((byte)'=');
        var length = (text.Length + 3) & ~3;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            for (var i = 0; i < length; i++)
            {
                var c = i < text.Length ? text[i] : (byte)'=';
                copy[i] =
                    c == '-' ? (byte)'+'
                    : c == '_' ? (byte)'/'
                    : c;
            }
            return Base64.DecodeFromUtf8InPlace(copy.AsSpan(0, length), out var written) == OperationStatus.Done
                && copy.AsSpan(0, written) is [(byte)'{', ..] or [(byte)'[', ..]
                && ReadJson(reading, copy.AsSpan(0, written), range);
        }
        finally
        {
            Return(copy, length);
        }
    }

    private static void ReadAddresses(BodyReading reading, ReadOnlySpan<byte> text, TextRange range)
    {
        var place = reading.Enter(range);
        var at = 0;
        while (TextBody.TryNext(text, ref at, out var word))
        {
            var address = text.Slice(word.Start, word.Length);
            if (address.Contains((byte)'@'))
            {
                reading.Apart(address, range);
            }
        }
        reading.Leave(place);
    }

    private static void Return(byte[] copy, int used)
    {
        copy.AsSpan(0, used).Clear();
        ArrayPool<byte>.Shared.Return(copy);
    }
}
