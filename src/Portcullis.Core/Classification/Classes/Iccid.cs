namespace Portcullis.Core.Classification.Classes;

/// <summary>The number printed on a SIM card; source: ITU-T E.118 (89, 19 or 20 digits, Luhn over 19).</summary>
internal sealed class Iccid : DataClass
{
    public override string Id => "iccid";

    public override byte Bit => 16;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    ["iccid", "simnumber", "simserial", "simserialnumber", "simcardnumber", "simno", "simid"];

    public override ValueShape? CertainShape { get; } =
        new(
            ValueTraits.Digit,
            ValueTraits.Letter | ValueTraits.At | ValueTraits.Dot | ValueTraits.Other | ValueTraits.Plus | ValueTraits.Dollar,
            19
        );

    public override IReadOnlyList<string> Examples { get; } = ["8944500102198304826", "89014103211118510720"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "1234567890123456789", "89", "894450010219830482x"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[20];
        var length = Texts.StripToDigits(value, digits);
        return length is >= 18 and <= 20 && digits[0] == '8' && digits[1] == '9';
    }

    public override bool IsCertain(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[20];
        var length = Texts.StripToDigits(value, digits);
        // 89, then a country code that exists, and the check digit: one in a thousand numbers of this length at most.
        return length is 19 or 20
            && value.Length == length
            && digits[0] == '8'
            && digits[1] == '9'
            && PhoneNumbers.HasCountryCode(digits[2..])
            && Checksums.Luhn(digits[..length]);
    }

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToDigits(value, destination));
}
