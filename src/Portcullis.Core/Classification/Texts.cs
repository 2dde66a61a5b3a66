using System.Buffers;
using System.Text;

namespace Portcullis.Core.Classification;

/// <summary>Small tests on UTF-8 values that several data classes share.</summary>
internal static class Texts
{
    public static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    public static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdefABCDEF"u8);
    public static readonly SearchValues<byte> Alphanumeric = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8
    );
    public static readonly SearchValues<byte> Base64 = SearchValues.Create(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+/=-_."u8
    );

    public static bool IsAll(ReadOnlySpan<byte> value, SearchValues<byte> allowed) => !value.ContainsAnyExcept(allowed);

    /// <summary>Copies the digits and leaves out spaces, hyphens, dots, slashes and parentheses; -1 when anything else or too much occurs.</summary>
    public static int StripToDigits(ReadOnlySpan<byte> value, Span<byte> digits)
    {
        var count = 0;
        foreach (var c in value)
        {
            if (c is >= (byte)'0' and <= (byte)'9')
            {
                if (count == digits.Length)
                {
                    return -1;
                }
                digits[count++] = c;
            }
            else if (c is not ((byte)' ' or (byte)'-' or (byte)'.' or (byte)'/' or (byte)'(' or (byte)')'))
            {
                return -1;
            }
        }
        return count;
    }

    /// <summary>Copies letters in upper case and digits; leaves out spaces, hyphens, dots and slashes; -1 when anything else occurs.</summary>
    public static int StripToAlphanumeric(ReadOnlySpan<byte> value, Span<byte> text)
    {
        var count = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiLetterOrDigit((char)c))
            {
                if (count == text.Length)
                {
                    return -1;
                }
                text[count++] = (byte)(c is >= (byte)'a' and <= (byte)'z' ? c - 32 : c);
            }
            else if (c is not ((byte)' ' or (byte)'-' or (byte)'.' or (byte)'/'))
            {
                return -1;
            }
        }
        return count;
    }

    /// <summary>True when one digit is all it says (000000000), which is a placeholder.</summary>
    public static bool IsOneDigit(ReadOnlySpan<byte> digits) => !digits.IsEmpty && !digits.ContainsAnyExcept(digits[0]);

    /// <summary>True for the words upstreams write where a value is missing.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<byte> value) =>
        value.IsEmpty
        || !value.ContainsAnyExcept((byte)'*')
        || Ascii.EqualsIgnoreCase(value, "null"u8)
        || Ascii.EqualsIgnoreCase(value, "none"u8)
        || Ascii.EqualsIgnoreCase(value, "n/a"u8)
        || Ascii.EqualsIgnoreCase(value, "na"u8)
        || Ascii.EqualsIgnoreCase(value, "unknown"u8)
        || Ascii.EqualsIgnoreCase(value, "undefined"u8)
        || Ascii.EqualsIgnoreCase(value, "true"u8)
        || Ascii.EqualsIgnoreCase(value, "false"u8)
        || Ascii.EqualsIgnoreCase(value, "string"u8)
        || Ascii.EqualsIgnoreCase(value, "redacted"u8)
        || value is [(byte)'-'];
}
