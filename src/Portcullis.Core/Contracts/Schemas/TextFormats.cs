using System.Buffers.Text;
using System.Net;
using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>
/// Tests of <see cref="TextFormat"/>. Sources: RFC 3339 section 5.6 (dates), RFC 9562 (UUID), RFC 5321 section 4.1.2 without quoted
/// local parts (e-mail), RFC 4648 section 4 (byte).
/// </summary>
internal static class TextFormats
{
    private static readonly System.Buffers.SearchValues<byte> NotInEmail = System.Buffers.SearchValues.Create("<>()[],;:\\\""u8);

    public static TextFormat Of(string name) =>
        name switch
        {
            "date" => TextFormat.Date,
            "date-time" => TextFormat.DateTime,
            "uuid" => TextFormat.Uuid,
            "email" => TextFormat.Email,
            "int32" => TextFormat.Int32,
            "int64" => TextFormat.Int64,
            "ipv4" => TextFormat.Ipv4,
            "ipv6" => TextFormat.Ipv6,
            "byte" => TextFormat.Byte,
            _ => TextFormat.None,
        };

    public static bool Holds(TextFormat format, JsonNumber number) =>
        format switch
        {
            TextFormat.Int32 => number.IsInteger && number.Nearest is >= int.MinValue and <= int.MaxValue,
            TextFormat.Int64 => number.IsInteger
                && number.CompareTo(JsonNumber.Of(long.MinValue)) >= 0
                && number.CompareTo(JsonNumber.Of(long.MaxValue)) <= 0,
            _ => true,
        };

    public static bool Holds(TextFormat format, ReadOnlySpan<byte> text) =>
        format switch
        {
            TextFormat.Date => IsDate(text),
            TextFormat.DateTime => IsDateTime(text),
            TextFormat.Uuid => text.Length == 36 && Utf8Parser.TryParse(text, out Guid _, out var read, 'D') && read == 36,
            TextFormat.Email => IsEmail(text),
            TextFormat.Ipv4 => IsIpv4(text),
            TextFormat.Ipv6 => text.Length <= 45
                && text.Contains((byte)':')
                && !text.Contains((byte)'%')
                && IPAddress.IsValidUtf8(text),
            TextFormat.Byte => Base64.IsValid(text),
            _ => true,
        };

    private static bool IsDate(ReadOnlySpan<byte> text) =>
        text.Length == 10
        && text[4] == '-'
        && text[7] == '-'
        && TryDigits(text[..4], out var year)
        && TryDigits(text.Slice(5, 2), out var month)
        && TryDigits(text.Slice(8, 2), out var day)
        && month is >= 1 and <= 12
        && day >= 1
        && day <= (year == 0 ? DaysOfYearZero(month) : DateTime.DaysInMonth(year, month));

    // The year 0000 is valid in RFC 3339 and, by its rule, a leap year.
    private static int DaysOfYearZero(int month) => DateTime.DaysInMonth(2000, month);

    private static bool IsDateTime(ReadOnlySpan<byte> text)
    {
        if (
            text.Length < 20
            || !IsDate(text[..10])
            || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || text[13] != ':'
            || text[16] != ':'
            || !TryDigits(text.Slice(11, 2), out var hour)
            || !TryDigits(text.Slice(14, 2), out var minute)
            || !TryDigits(text.Slice(17, 2), out var second)
            || hour > 23
            || minute > 59
            || second > 60
        )
        {
            return false;
        }
        var rest = text[19..];
        if (rest[0] == '.')
        {
            var end = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (end <= 0)
            {
                return false;
            }
            rest = rest[(end + 1)..];
        }
        return rest is [(byte)'Z' or (byte)'z']
            || (
                rest.Length == 6
                && rest[0] is (byte)'+' or (byte)'-'
                && rest[3] == ':'
                && TryDigits(rest.Slice(1, 2), out var offsetHour)
                && TryDigits(rest.Slice(4, 2), out var offsetMinute)
                && offsetHour <= 23
                && offsetMinute <= 59
            );
    }

    private static bool IsEmail(ReadOnlySpan<byte> text)
    {
        var at = text.IndexOf((byte)'@');
        if (at is <= 0 or > 64 || text.Length > 254 || at == text.Length - 1)
        {
            return false;
        }
        var domain = text[(at + 1)..];
        return !text.ContainsAnyInRange((byte)0, (byte)' ')
            && !text.ContainsAny(NotInEmail)
            && !domain.Contains((byte)'@')
            && text[0] != '.'
            && text[at - 1] != '.'
            && domain[0] is not ((byte)'.' or (byte)'-')
            && domain[^1] is not ((byte)'.' or (byte)'-')
            && text.IndexOf(".."u8) < 0;
    }

    private static bool IsIpv4(ReadOnlySpan<byte> text)
    {
        var parts = 0;
        foreach (var range in text.Split((byte)'.'))
        {
            var part = text[range];
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !TryDigits(part, out var value) || value > 255)
            {
                return false;
            }
            parts++;
        }
        return parts == 4;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var b in text)
        {
            if (b is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            value = value * 10 + (b - '0');
        }
        return true;
    }
}
