using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Portcullis.Core.Json;

/// <summary>Reads the lexical parts of JSON, strictly after RFC 8259: no comments, no trailing commas, no leading zeros.</summary>
internal ref struct JsonScanner(ReadOnlySpan<byte> body)
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create([
        (byte)'"',
        (byte)'\\',
        .. Enumerable.Range(0, 0x20).Select(b => (byte)b),
    ]);

    private readonly ReadOnlySpan<byte> _body = body;
    private int _at;

    /// <summary>Offset of the byte to be read next.</summary>
    public readonly int At => _at;

    public JsonFault ReadValue(JsonTape tape, ref JsonToken token)
    {
        SkipSpace();
        if (_at >= _body.Length)
        {
            return JsonFault.Malformed;
        }
        switch (_body[_at])
        {
            case (byte)'"':
                token.Kind = JsonKind.String;
                return ReadString(tape, ref token);
            case (byte)'{':
                token.Kind = JsonKind.Object;
                token.Start = _at++;
                return JsonFault.None;
            case (byte)'[':
                token.Kind = JsonKind.Array;
                token.Start = _at++;
                return JsonFault.None;
            case (byte)'t':
                return ReadWord("true"u8, JsonKind.True, ref token);
            case (byte)'f':
                return ReadWord("false"u8, JsonKind.False, ref token);
            case (byte)'n':
                return ReadWord("null"u8, JsonKind.Null, ref token);
            default:
                token.Kind = JsonKind.Number;
                return ReadNumber(ref token);
        }
    }

    /// <summary>A name and its colon.</summary>
    public JsonFault ReadName(JsonTape tape, ref JsonToken token)
    {
        SkipSpace();
        token.Kind = JsonKind.Name;
        if (_at >= _body.Length || _body[_at] != '"')
        {
            return JsonFault.Malformed;
        }
        var fault = ReadString(tape, ref token);
        return fault != JsonFault.None ? fault
            : Try((byte)':') ? JsonFault.None
            : JsonFault.Malformed;
    }

    public bool TryComma() => Try((byte)',');

    public bool TryClose(JsonKind kind) => Try(kind == JsonKind.Object ? (byte)'}' : (byte)']');

    public bool IsAtEnd()
    {
        SkipSpace();
        return _at == _body.Length;
    }

    private bool Try(byte expected)
    {
        if (_at < _body.Length && _body[_at] == expected)
        {
            _at++;
            return true;
        }
        return TryAfterSpace(expected);
    }

    private bool TryAfterSpace(byte expected)
    {
        SkipSpace();
        if (_at < _body.Length && _body[_at] == expected)
        {
            _at++;
            return true;
        }
        return false;
    }

    private void SkipSpace()
    {
        while (_at < _body.Length && _body[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    private JsonFault ReadWord(ReadOnlySpan<byte> word, JsonKind kind, ref JsonToken token)
    {
        if (!_body[_at..].StartsWith(word))
        {
            return JsonFault.Malformed;
        }
        token.Kind = kind;
        token.Start = _at;
        token.Length = word.Length;
        _at += word.Length;
        return JsonFault.None;
    }

    private JsonFault ReadNumber(ref JsonToken token)
    {
        var length = JsonNumber.Measure(_body[_at..]);
        token.Start = _at;
        token.Length = length;
        _at += length;
        return length > 0 ? JsonFault.None : JsonFault.Malformed;
    }

    private JsonFault ReadString(JsonTape tape, ref JsonToken token)
    {
        var start = ++_at;
        var stop = StopFrom(start);
        if (stop < 0 || _body[stop] < 0x20)
        {
            return JsonFault.Malformed;
        }
        if (_body[stop] == '"')
        {
            token.Start = start;
            token.Length = stop - start;
            _at = stop + 1;
            return JsonFault.None;
        }
        return ReadEscaped(tape, ref token, start);
    }

    /// <summary>Where the next quote, backslash or control character stands; -1 for nowhere.</summary>
    private readonly int StopFrom(int at)
    {
        // Most texts are short: one look at sixteen bytes costs less than the call that is best for long ones.
        if (Vector128.IsHardwareAccelerated && at + Vector128<byte>.Count <= _body.Length)
        {
            var bytes = Vector128.Create(_body.Slice(at, Vector128<byte>.Count));
            var stops =
                Vector128.Equals(bytes, Vector128.Create((byte)'"'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)0x20));
            if (stops != Vector128<byte>.Zero)
            {
                return at + BitOperations.TrailingZeroCount(stops.ExtractMostSignificantBits());
            }
            at += Vector128<byte>.Count;
        }
        var stop = _body[at..].IndexOfAny(StringStops);
        return stop < 0 ? -1 : at + stop;
    }

    private JsonFault ReadEscaped(JsonTape tape, ref JsonToken token, int start)
    {
        // Finds the end first, so that room is reserved once.
        var end = start;
        while (true)
        {
            var stop = _body[end..].IndexOfAny(StringStops);
            if (stop < 0 || _body[end + stop] < 0x20 || (_body[end + stop] == '\\' && end + stop + 1 >= _body.Length))
            {
                return JsonFault.Malformed;
            }
            end += stop;
            if (_body[end] == '"')
            {
                break;
            }
            end += 2;
            if (end > _body.Length)
            {
                return JsonFault.Malformed;
            }
        }
        var fault = Unescape(_body[start..end], tape.Reserve(end - start), out var length);
        token.Start = start;
        token.Length = end - start;
        token.Count = tape.Keep(length);
        token.IsEscaped = true;
        _at = end + 1;
        return fault;
    }

    private static JsonFault Unescape(ReadOnlySpan<byte> source, Span<byte> text, out int length)
    {
        length = 0;
        while (!source.IsEmpty)
        {
            var plain = source.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? source : source[..plain];
                run.CopyTo(text[length..]);
                length += run.Length;
                source = source[run.Length..];
                continue;
            }
            if (source[1] != 'u')
            {
                var at = "\"\\/bfnrt"u8.IndexOf(source[1]);
                if (at < 0)
                {
                    return JsonFault.Malformed;
                }
                text[length++] = "\"\\/\b\f\n\r\t"u8[at];
                source = source[2..];
                continue;
            }
            var fault = UnescapeUnicode(ref source, text, ref length);
            if (fault != JsonFault.None)
            {
                return fault;
            }
        }
        return JsonFault.None;
    }

    private static JsonFault UnescapeUnicode(ref ReadOnlySpan<byte> source, Span<byte> text, ref int length)
    {
        if (!TryHex(source, out var first))
        {
            return JsonFault.Malformed;
        }
        source = source[6..];
        Rune rune;
        if (char.IsHighSurrogate(first))
        {
            if (!source.StartsWith("\\u"u8) || !TryHex(source, out var second) || !Rune.TryCreate(first, second, out rune))
            {
                return JsonFault.LoneSurrogate;
            }
            source = source[6..];
        }
        else if (!Rune.TryCreate(first, out rune))
        {
            return JsonFault.LoneSurrogate;
        }
        length += rune.EncodeToUtf8(text[length..]);
        return JsonFault.None;
    }

    private static bool TryHex(ReadOnlySpan<byte> escape, out char value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[2];
        if (
            escape.Length < 6
            || Convert.FromHexString(escape.Slice(2, 4), bytes, out _, out var written) != OperationStatus.Done
            || written != 2
        )
        {
            return false;
        }
        value = (char)BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return true;
    }
}
