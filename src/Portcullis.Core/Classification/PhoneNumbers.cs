namespace Portcullis.Core.Classification;

/// <summary>
/// Reads telephone numbers as APIs write them and gives each one form: digits with calling code where it is known. Source: ITU-T E.164.
/// </summary>
internal static class PhoneNumbers
{
    private const int MaxDigits = 17;

    /// <summary>True for an international number of a plausible length, or 7–12 digits as dialled at home.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = Read(value, digits, out var isInternational);
        if (count < 7)
        {
            return false;
        }
        var number = digits[..count];
        if (Texts.IsOneDigit(number))
        {
            return false;
        }
        if (!isInternational)
        {
            return count <= 12 || PhonePlans.Fits(number);
        }
        return PhonePlans.Fits(number) && (number[0] != '1' || IsNorthAmerican(number[1..]));
    }

    /// <summary>
    /// Writes digits only: calling code first where the number names it or is plainly North American (NPA-NXX), else the national number
    /// without its trunk zero. So <c>+1 (425) 555-0100</c> and <c>4255550100</c> are equal.
    /// </summary>
    public static int Normalise(ReadOnlySpan<byte> value, Span<byte> destination)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        var count = Read(value, digits, out var isInternational);
        if (count < 0)
        {
            value.CopyTo(destination);
            return value.Length;
        }
        var number = digits[..count];
        if (!isInternational)
        {
            if (number.Length == 10 && IsNorthAmerican(number))
            {
                destination[0] = (byte)'1';
                number.CopyTo(destination[1..]);
                return number.Length + 1;
            }
            number = number.TrimStart((byte)'0');
        }
        number.CopyTo(destination);
        return number.Length;
    }

    /// <summary>True when the digits start with a country calling code.</summary>
    public static bool HasCountryCode(ReadOnlySpan<byte> digits) => PhonePlans.CodeLength(digits) > 0;

    // NANP: area and exchange codes start with 2 to 9.
    private static bool IsNorthAmerican(ReadOnlySpan<byte> number) => number.Length == 10 && number[0] >= '2' && number[3] >= '2';

    // Digits after "+", "00" or "tel:"; -1 when it is no number. "+44 (0)20 …": the trunk zero in parentheses is not dialled.
    private static int Read(ReadOnlySpan<byte> value, Span<byte> digits, out bool isInternational)
    {
        isInternational = false;
        value = value.Trim((byte)' ');
        if (value.StartsWith("tel:"u8))
        {
            value = value[4..];
        }
        if (value.IsEmpty || value.Length > 32)
        {
            return -1;
        }
        if (value[0] == '+')
        {
            isInternational = true;
            value = value[1..];
        }
        var trunk = isInternational ? value.IndexOf("(0)"u8) : -1;
        if (value.LastIndexOf((byte)'.') is var dot && dot > 0 && value.IndexOf((byte)'.') == dot && value.Length - dot <= 3)
        {
            return -1; // One dot before at most two digits is a price or a measure.
        }
        int count;
        if (trunk > 0)
        {
            count = Texts.StripToDigits(value[..trunk], digits);
            var rest = count < 0 ? -1 : Texts.StripToDigits(value[(trunk + 3)..], digits[count..]);
            count = rest < 0 ? -1 : count + rest;
        }
        else
        {
            count = Texts.StripToDigits(value, digits);
        }
        if (count > 0 && LooksLikeDate(value))
        {
            return -1;
        }
        if (!isInternational && count > 8 && digits[0] == '0' && digits[1] == '0')
        {
            isInternational = true;
            digits[2..count].CopyTo(digits);
            count -= 2;
        }
        else if (!isInternational && count == 11 && digits[0] == '1' && IsNorthAmerican(digits[1..11]))
        {
            isInternational = true;
        }
        return count;
    }

    // 2024-01-15 has eight digits too.
    private static bool LooksLikeDate(ReadOnlySpan<byte> value) =>
        value.Length == 10 && value[4] == value[7] && value[4] is ((byte)'-' or (byte)'/' or (byte)'.');
}
