using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Chooses the reader of a body by its declared kind and first bytes, and runs it.</summary>
internal static class BodyReader
{
    private const int LongestCall = 256;

    private static readonly SearchValues<byte> NoCall = SearchValues.Create("<>\"{};"u8);

    /// <summary>Reads the body into <paramref name="reading"/>; returns how it was read.</summary>
    public static BodyKind Read(BodyReading reading, BodyKind declared, ReadOnlySpan<byte> body)
    {
        var kind = ReadAs(reading, declared, body);
        if (kind == BodyKind.Malformed)
        {
            // Whose it is cannot be told, but what is beyond doubt can: an answer with people in it is no harmless one.
            Restart(reading);
            ReadText(reading, body);
        }
        return kind;
    }

    /// <summary>Reads a body whose type tells nothing, or whose charset has UTF-8 in common only as far as it is ASCII.</summary>
    public static BodyKind ReadUntold(BodyReading reading, string? contentType, ReadOnlySpan<byte> body)
    {
        var told = BodyKinds.OfAscii(contentType);
        var kind =
            told != BodyKind.Opaque ? (Ascii.IsValid(body) ? Read(reading, told, body) : BodyKind.Opaque)
            : BodyKinds.Sniff(body) is BodyKind.Json ? ReadAs(reading, BodyKind.Text, body)
            : BodyKind.Opaque;
        if (kind is BodyKind.Text or BodyKind.Malformed && told == BodyKind.Opaque)
        {
            kind = BodyKind.Opaque;
        }
        if (kind == BodyKind.Opaque)
        {
            Restart(reading);
            ReadText(reading, body);
        }
        return kind;
    }

    private static BodyKind ReadAs(BodyReading reading, BodyKind declared, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return BodyKind.None;
        }
        if (declared is BodyKind.Opaque or BodyKind.Malformed)
        {
            return declared;
        }
        // A zero is valid UTF-8 and part of no text: such a body is text of another width.
        if (!Utf8.IsValid(body) || body.Contains((byte)0))
        {
            return BodyKind.Malformed;
        }
        // A byte order mark, then the guard some APIs put before JSON against script inclusion.
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        start += GuardLength(body[start..]);
        var sniffed = BodyKinds.Sniff(body[start..]);
        if (sniffed == BodyKind.None)
        {
            return BodyKind.None;
        }
        if (sniffed == BodyKind.Text && CallArgument(body, start) is { Length: > 0 } argument)
        {
            if (JsonBody.Read(reading, body.Slice(argument.Start, argument.Length), argument.Start))
            {
                return BodyKind.Json;
            }
            Restart(reading);
        }
        if (declared == BodyKind.NdJson || sniffed == BodyKind.Json || (declared == BodyKind.Json && sniffed == BodyKind.Text))
        {
            var kind = ReadJson(reading, declared, body[start..], start);
            if (kind != BodyKind.Malformed || declared is BodyKind.Json or BodyKind.NdJson)
            {
                return kind;
            }
        }
        if (sniffed == BodyKind.Xml && declared is BodyKind.Xml or BodyKind.Json)
        {
            if (XmlBody.Read(reading, body))
            {
                return BodyKind.Xml;
            }
            Restart(reading);
            return declared == BodyKind.Xml ? BodyKind.Malformed : ReadText(reading, body);
        }
        switch (declared)
        {
            case BodyKind.Form:
                FormBody.Read(reading, body);
                return BodyKind.Form;
            case BodyKind.Csv:
                CsvBody.Read(reading, body, start);
                return BodyKind.Csv;
            default:
                return ReadText(reading, body);
        }
    }

    private static BodyKind ReadJson(BodyReading reading, BodyKind declared, ReadOnlySpan<byte> document, int offset)
    {
        if (declared != BodyKind.NdJson && JsonBody.Read(reading, document, offset))
        {
            return BodyKind.Json;
        }
        Restart(reading);
        if (ReadLines(reading, document, offset))
        {
            return BodyKind.NdJson;
        }
        Restart(reading);
        return BodyKind.Malformed;
    }

    private static bool ReadLines(BodyReading reading, ReadOnlySpan<byte> lines, int offset)
    {
        reading.Open(isList: true, offset, FieldMeaning.None);
        var at = 0;
        while (at < lines.Length)
        {
            var length = lines[at..].IndexOf((byte)'\n');
            length = length < 0 ? lines.Length - at : length;
            var line = lines.Slice(at, length);
            if (!line.Trim(" \t\r\n"u8).IsEmpty && !JsonBody.Read(reading, line, offset + at))
            {
                return false;
            }
            at += length + 1;
        }
        reading.Close(offset + lines.Length);
        return true;
    }

    private static BodyKind ReadText(BodyReading reading, ReadOnlySpan<byte> body)
    {
        TextBody.Read(reading, body);
        return BodyKind.Text;
    }

    private static int GuardLength(ReadOnlySpan<byte> body)
    {
        var length =
            body.StartsWith("for(;;);"u8) ? 8
            : body.StartsWith("for (;;);"u8) ? 9
            : body.StartsWith("while(1);"u8) ? 9
            : body.StartsWith("while (1);"u8) ? 10
            : body.StartsWith(")]}'"u8) ? 4
            : 0;
        return length == 4 && body.Length > 4 && body[4] == ',' ? 5 : length;
    }

    // JSONP: what stands between the brackets of one call, if it looks like JSON.
    private static TextRange CallArgument(ReadOnlySpan<byte> body, int start)
    {
        var head = body[start..Math.Min(body.Length, start + LongestCall)];
        var bracket = head.IndexOf((byte)'(');
        var end = body.LastIndexOf((byte)')');
        if (bracket < 0 || end <= start + bracket)
        {
            return default;
        }
        var from = start + bracket + 1;
        return BodyKinds.Sniff(body[from..end]) == BodyKind.Json && head[..bracket].IndexOfAny(NoCall) < 0
            ? new TextRange(from, end - from)
            : default;
    }

    private static void Restart(BodyReading reading) => reading.Restart();
}
