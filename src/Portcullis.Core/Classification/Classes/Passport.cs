namespace Portcullis.Core.Classification.Classes;

/// <summary>The number of a passport (ICAO Doc 9303: up to nine characters, some states more).</summary>
internal sealed class Passport : DataClass
{
    public override string Id => "passport";

    public override byte Bit => 9;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    ["passport", "passportnumber", "passportno", "passportid", "passportnum"];

    public override bool EndsCompoundNames => true;

    public override IReadOnlyList<string> Examples { get; } = ["N1234567", "C01X00T47", "912803456"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "no", "1", "expired", "000000000"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[24];
        var length = Texts.StripToAlphanumeric(value, text);
        return length is >= 6 and <= 12 && text[..length].ContainsAny(Texts.Digits) && !Texts.IsOneDigit(text[..length]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToAlphanumeric(value, destination));
}
