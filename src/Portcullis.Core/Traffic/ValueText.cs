using System.Text.Json;

namespace Portcullis.Core.Traffic;

/// <summary>The text of a value that stands encoded in a body (JSON escapes, percent encoding, XML entities, CSV quotes).</summary>
internal static class ValueText
{
    /// <summary>Writes the value's text; <paramref name="destination"/> is at least as long as the range. Returns the length.</summary>
    public static int Decode(BodyKind kind, ReadOnlySpan<byte> body, TextRange range, Span<byte> destination)
    {
        var raw = body.Slice(range.Start, range.Length);
        switch (kind)
        {
            case BodyKind.Json or BodyKind.NdJson:
                return Json(raw, destination);
            case BodyKind.Form:
                return Form(raw, destination);
            case BodyKind.Xml:
                return Xml(raw, destination);
            case BodyKind.Csv:
                return Csv(raw, destination);
            default:
                raw.CopyTo(destination);
                return raw.Length;
        }
    }

    public static int Json(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        if (raw is [(byte)'"', .., (byte)'"'])
        {
            if (raw.Contains((byte)'\\'))
            {
                var reader = new Utf8JsonReader(raw);
                reader.Read();
                return reader.CopyString(destination);
            }
            raw = raw[1..^1];
        }
        raw.CopyTo(destination);
        return raw.Length;
    }

    public static int Form(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (
                raw[i] == '%'
                && i + 2 < raw.Length
                && char.IsAsciiHexDigit((char)raw[i + 1])
                && char.IsAsciiHexDigit((char)raw[i + 2])
            )
            {
                destination[length++] = (byte)(Nibble(raw[i + 1]) << 4 | Nibble(raw[i + 2]));
                i += 2;
            }
            else
            {
                destination[length++] = raw[i] == '+' ? (byte)' ' : raw[i];
            }
        }
        return length;
    }

    public static int Csv(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        if (raw is not [(byte)'"', .., (byte)'"'])
        {
            raw.CopyTo(destination);
            return raw.Length;
        }
        raw = raw[1..^1];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            destination[length++] = raw[i];
            i += raw[i] == '"' && i + 1 < raw.Length && raw[i + 1] == '"' ? 1 : 0;
        }
        return length;
    }

    /// <summary>Predefined entities and character references below U+0080; others stay as they are.</summary>
    public static int Xml(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            var semicolon = raw[i] == '&' ? raw[i..].IndexOf((byte)';') : -1;
            if (semicolon is > 1 and < 10 && Entity(raw.Slice(i + 1, semicolon - 1)) is var c && c > 0)
            {
                destination[length++] = (byte)c;
                i += semicolon;
            }
            else
            {
                destination[length++] = raw[i];
            }
        }
        return length;
    }

    private static int Entity(ReadOnlySpan<byte> name)
    {
        if (name[0] == '#' && name.Length > 1)
        {
            var isHex = name[1] is (byte)'x' or (byte)'X';
            var code = 0;
            foreach (var c in name[(isHex ? 2 : 1)..])
            {
                if (isHex ? !char.IsAsciiHexDigit((char)c) : !char.IsAsciiDigit((char)c))
                {
                    return 0;
                }
                code = Math.Min(code * (isHex ? 16 : 10) + Nibble(c), 0x110000);
            }
            return code < 0x80 ? code : 0;
        }
        return name.SequenceEqual("amp"u8) ? '&'
            : name.SequenceEqual("lt"u8) ? '<'
            : name.SequenceEqual("gt"u8) ? '>'
            : name.SequenceEqual("quot"u8) ? '"'
            : name.SequenceEqual("apos"u8) ? '\''
            : 0;
    }

    private static int Nibble(byte c) => c <= '9' ? c - '0' : (c & 0xDF) - 'A' + 10;
}
