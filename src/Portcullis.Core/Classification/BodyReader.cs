using System.Text.Unicode;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Chooses the reader of a body by its declared kind and first bytes, and runs it.</summary>
internal static class BodyReader
{
    /// <summary>Reads the body into <paramref name="reading"/>; returns how it was read.</summary>
    public static BodyKind Read(BodyReading reading, BodyKind declared, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return BodyKind.None;
        }
        if (declared is BodyKind.Opaque or BodyKind.Malformed)
        {
            return declared;
        }
        if (!Utf8.IsValid(body))
        {
            return BodyKind.Malformed;
        }
        // A byte order mark, then the guard some APIs put before JSON against script inclusion.
        var start = body.StartsWith("\uFEFF"u8) ? 3 : 0;
        start += body[start..].StartsWith(")]}',"u8) ? 5 : 0;
        var sniffed = BodyKinds.Sniff(body[start..]);
        if (sniffed == BodyKind.None)
        {
            return BodyKind.None;
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
                CsvBody.Read(reading, body);
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

    private static void Restart(BodyReading reading) => reading.Restart();
}
