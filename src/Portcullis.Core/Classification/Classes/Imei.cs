namespace Portcullis.Core.Classification.Classes;

/// <summary>The identity of a handset; source: 3GPP TS 23.003, section 6 (Luhn; 16 digits with software version).</summary>
internal sealed class Imei : DataClass
{
    public override string Id => "imei";

    public override byte Bit => 15;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } = ["imei", "imeinumber", "imei1", "imei2", "imeisv", "deviceimei"];

    public override bool EndsCompoundNames => true;

    public override IReadOnlyList<string> Examples { get; } = ["490154203237518", "49-015420-323751-8", "3520990017614823"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["490154203237519", "", "123", "000000000000000"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> digits = stackalloc byte[16];
        var length = Texts.StripToDigits(value, digits);
        return length == 16 || length == 15 && !Texts.IsOneDigit(digits[..15]) && Checksums.Luhn(digits[..15]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToDigits(value, destination));
}
