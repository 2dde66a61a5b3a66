namespace Portcullis.Core.Classification;

/// <summary>Check digits: Luhn (ISO/IEC 7812-1), mod 97 (ISO 7064, as in ISO 13616), Verhoeff (1969).</summary>
internal static class Checksums
{
    private static ReadOnlySpan<byte> VerhoeffProduct =>
        [
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            1,
            2,
            3,
            4,
            0,
            6,
            7,
            8,
            9,
            5,
            2,
            3,
            4,
            0,
            1,
            7,
            8,
            9,
            5,
            6,
            3,
            4,
            0,
            1,
            2,
            8,
            9,
            5,
            6,
            7,
            4,
            0,
            1,
            2,
            3,
            9,
            5,
            6,
            7,
            8,
            5,
            9,
            8,
            7,
            6,
            0,
            4,
            3,
            2,
            1,
            6,
            5,
            9,
            8,
            7,
            1,
            0,
            4,
            3,
            2,
            7,
            6,
            5,
            9,
            8,
            2,
            1,
            0,
            4,
            3,
            8,
            7,
            6,
            5,
            9,
            3,
            2,
            1,
            0,
            4,
            9,
            8,
            7,
            6,
            5,
            4,
            3,
            2,
            1,
            0,
        ];

    private static ReadOnlySpan<byte> VerhoeffPermutation =>
        [
            0,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            1,
            5,
            7,
            6,
            2,
            8,
            3,
            0,
            9,
            4,
            5,
            8,
            0,
            3,
            7,
            9,
            6,
            1,
            4,
            2,
            8,
            9,
            1,
            6,
            0,
            4,
            3,
            5,
            2,
            7,
            9,
            4,
            5,
            3,
            1,
            2,
            6,
            8,
            7,
            0,
            4,
            2,
            8,
            6,
            5,
            7,
            3,
            9,
            0,
            1,
            2,
            7,
            9,
            3,
            8,
            0,
            6,
            4,
            1,
            5,
            7,
            0,
            4,
            6,
            9,
            1,
            3,
            2,
            5,
            8,
        ];

    /// <summary>Luhn over digits only.</summary>
    public static bool Luhn(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        var doubles = false;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            var digit = digits[i] - '0';
            if (doubles)
            {
                digit *= 2;
                digit -= digit > 9 ? 9 : 0;
            }
            sum += digit;
            doubles = !doubles;
        }
        return sum % 10 == 0;
    }

    /// <summary>Verhoeff over digits only, the check digit last.</summary>
    public static bool Verhoeff(ReadOnlySpan<byte> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            check = VerhoeffProduct[check * 10 + VerhoeffPermutation[i % 8 * 10 + digit]];
        }
        return check == 0;
    }

    /// <summary>Remainder 1 after the first four characters moved behind the rest and letters became 10–35.</summary>
    public static bool Mod97(ReadOnlySpan<byte> iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            if (char.IsAsciiDigit((char)c))
            {
                remainder = (remainder * 10 + c - '0') % 97;
            }
            else if (char.IsAsciiLetterUpper((char)c))
            {
                remainder = (remainder * 100 + c - 'A' + 10) % 97;
            }
            else
            {
                return false;
            }
        }
        return remainder == 1;
    }
}
