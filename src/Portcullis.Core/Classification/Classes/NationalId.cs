namespace Portcullis.Core.Classification.Classes;

/// <summary>A number the state gave a person; United States social security numbers by their own form, others by field name.</summary>
internal sealed class NationalId : DataClass
{
    public override string Id => "national-id";

    public override byte Bit => 8;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "ssn",
        "socialsecuritynumber",
        "socialsecurityno",
        "socialsecurity",
        "nationalid",
        "nationalidnumber",
        "nationalidentifier",
        "nationalinsurancenumber",
        "nino",
        "sin",
        "socialinsurancenumber",
        "personalidnumber",
        "personalnumber",
        "personnummer",
        "identitynumber",
        "identitycardnumber",
        "idcardnumber",
        "idnumber",
        "governmentid",
        "nric",
        "cpf",
        "curp",
        "dni",
        "nie",
        "pesel",
        "bsn",
        "codicefiscale",
        "insee",
        "nir",
        "medicarenumber",
        "medicareno",
        "citizenid",
    ];

    public override bool EndsCompoundNames => true;

    public override ValueShape? CertainShape { get; } =
        new(
            ValueTraits.Digit | ValueTraits.Separator,
            ValueTraits.Letter | ValueTraits.At | ValueTraits.Dot | ValueTraits.Other | ValueTraits.Plus | ValueTraits.Dollar,
            11
        );

    public override IReadOnlyList<string> Examples { get; } = ["536-90-4399", "536904399", "QQ123456C", "19811218-9876"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "1", "none", "000000000", "verified"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[24];
        var length = Texts.StripToAlphanumeric(value, text);
        return length is >= 6 and <= 20 && text[..length].ContainsAny(Texts.Digits) && !Texts.IsOneDigit(text[..length]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value)
    {
        // Only the hyphenated form AAA-GG-SSSS; nine bare digits are too many other things. Source: SSA, "SSN randomization".
        if (value.Length != 11 || value[3] != '-' || value[6] != '-')
        {
            return false;
        }
        Span<byte> digits = stackalloc byte[11];
        if (Texts.StripToDigits(value, digits) != 9)
        {
            return false;
        }
        var area = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0';
        return area is not (0 or 666)
            && area < 900
            && !digits[3..5].SequenceEqual("00"u8)
            && !digits[5..9].SequenceEqual("0000"u8);
    }

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToAlphanumeric(value, destination));
}
