namespace Portcullis.Core.Classification.Classes;

/// <summary>An Indian Aadhaar number; source: UIDAI (12 digits, first 2–9, Verhoeff).</summary>
internal sealed class Aadhaar : DataClass
{
    public override string Id => "aadhaar";

    public override byte Bit => 17;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    ["aadhaar", "aadhaarnumber", "aadhaarno", "aadhar", "aadharnumber", "aadharno", "uidai"];

    public override bool EndsCompoundNames => true;

    public override IReadOnlyList<string> Examples { get; } = ["234567890124", "2345 6789 0124"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["234567890125", "123", "", "000000000000"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[12];
        return Texts.StripToDigits(value, digits) == 12
            && digits[0] >= '2'
            && !Texts.IsOneDigit(digits)
            && Checksums.Verhoeff(digits);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToDigits(value, destination));
}
