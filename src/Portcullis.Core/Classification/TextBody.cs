using System.Buffers;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Finds values beyond doubt in plain text, HTML and scripts; each identifying one is an item.</summary>
internal static class TextBody
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(" \t\r\n<>\"'`,;|()[]{}="u8);

    public static bool Read(BodyReading reading, ReadOnlySpan<byte> body)
    {
        reading.Open(isList: true, 0, FieldMeaning.None);
        var at = 0;
        while (at < body.Length)
        {
            var skip = body[at..].IndexOfAnyExcept(Ends);
            if (skip < 0)
            {
                break;
            }
            at += skip;
            var length = body[at..].IndexOfAny(Ends);
            length = length < 0 ? body.Length - at : length;
            var word = body.Slice(at, length);
            var shift =
                word.StartsWith("mailto:"u8) ? 7
                : word.StartsWith("tel:"u8) ? 4
                : 0;
            word = word[shift..].TrimEnd(".:!?"u8);
            if (word.Length >= 6)
            {
                reading.Value(FieldMeaning.None, word, new TextRange(at + shift, word.Length));
            }
            at += length;
        }
        reading.Close(body.Length);
        return true;
    }
}
