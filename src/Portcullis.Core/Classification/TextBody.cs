using System.Buffers;

namespace Portcullis.Core.Classification;

/// <summary>Finds values beyond doubt in plain text, HTML and scripts; each identifying one is an item.</summary>
internal static class TextBody
{
    private const int Shortest = 6;

    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n<>\"'`,;|()[]{}="u8);

    public static bool Read(BodyReading reading, ReadOnlySpan<byte> body)
    {
        reading.Open(isList: true, 0, FieldMeaning.None);
        Scan(reading, body, 0);
        reading.Close(body.Length);
        return true;
    }

    /// <summary>Reports the words of a text into what is open; <paramref name="offset"/> is where the text starts in the body.</summary>
    public static void Scan(BodyReading reading, ReadOnlySpan<byte> text, int offset)
    {
        var at = 0;
        while (TryNext(text, ref at, out var word))
        {
            reading.Value(FieldMeaning.None, text.Slice(word.Start, word.Length), word with { Start = offset + word.Start });
        }
    }

    /// <summary>The next word long enough to be something, without the punctuation around it.</summary>
    public static bool TryNext(ReadOnlySpan<byte> text, ref int at, out TextRange word)
    {
        while (at < text.Length)
        {
            var skip = text[at..].IndexOfAnyExcept(Ends);
            if (skip < 0)
            {
                break;
            }
            at += skip;
            var length = text[at..].IndexOfAny(Ends);
            length = length < 0 ? text.Length - at : length;
            var found = text.Slice(at, length);
            var shift =
                found.StartsWith("mailto:"u8) ? 7
                : found.StartsWith("tel:"u8) ? 4
                : 0;
            found = found[shift..].TrimEnd(".:!?"u8);
            word = new TextRange(at + shift, found.Length);
            at += length;
            if (found.Length >= Shortest)
            {
                return true;
            }
        }
        word = default;
        return false;
    }
}
