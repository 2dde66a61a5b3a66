namespace Portcullis.Core.Classification.Classes;

/// <summary>An international bank account number; source: ISO 13616 (length by country, mod 97).</summary>
internal sealed class BankAccount : DataClass
{
    public override string Id => "iban";

    public override byte Bit => 13;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    ["iban", "ibannumber", "ibancode", "bankaccountiban", "accountiban", "bankaccount", "bankaccountnumber", "bankaccountno"];

    public override ValueShape? CertainShape { get; } =
        new(
            ValueTraits.Digit | ValueTraits.Letter,
            ValueTraits.At | ValueTraits.Dot | ValueTraits.Other | ValueTraits.Plus | ValueTraits.Dollar,
            15
        );

    public override IReadOnlyList<string> Examples { get; } =
    ["DE89370400440532013000", "GB82 WEST 1234 5698 7654 32", "12345678"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["DE89370400440532013001", "ZZ89370400440532013000", "abc", "", "00000000"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[34];
        var length = Texts.StripToAlphanumeric(value, text);
        return length is >= 15 and <= 34 && IsIban(text[..length])
            || length is >= 6 and <= 17 && Texts.IsAll(text[..length], Texts.Digits) && !Texts.IsOneDigit(text[..length]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[34];
        var length = Texts.StripToAlphanumeric(value, text);
        return length is >= 15 and <= 34 && char.IsAsciiLetterUpper((char)value[0]) && IsIban(text[..length]);
    }

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToAlphanumeric(value, destination));

    private static bool IsIban(ReadOnlySpan<byte> text) =>
        char.IsAsciiLetter((char)text[0])
        && char.IsAsciiLetter((char)text[1])
        && char.IsAsciiDigit((char)text[2])
        && char.IsAsciiDigit((char)text[3])
        && IsCountryLength(text)
        && Checksums.Mod97(text);

    private static bool IsCountryLength(ReadOnlySpan<byte> text)
    {
        // Triples of country and length, from the SWIFT IBAN registry.
        var registry =
            "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"u8;
        for (var i = 0; i < registry.Length; i += 4)
        {
            if (registry[i] == text[0] && registry[i + 1] == text[1])
            {
                return (registry[i + 2] - '0') * 10 + registry[i + 3] - '0' == text.Length;
            }
        }
        return false;
    }
}
