namespace Portcullis.Core.Classification.Classes;

/// <summary>The number of a driving licence.</summary>
internal sealed class DrivingLicence : DataClass
{
    public override string Id => "driving-licence";

    public override byte Bit => 10;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "drivinglicence",
        "drivinglicense",
        "drivinglicencenumber",
        "drivinglicensenumber",
        "driverslicense",
        "driverslicence",
        "driverlicense",
        "driverlicence",
        "driverslicensenumber",
        "driverslicencenumber",
        "driverlicensenumber",
        "driverlicencenumber",
        "licencenumber",
        "licenceno",
        "dlnumber",
        "dlno",
        "driverlicenseid",
    ];

    public override bool EndsCompoundNames => true;

    public override IReadOnlyList<string> Examples { get; } = ["D1234562", "MORGA657054SM9IJ", "123456789"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "full", "1", "no", "00000000"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[24];
        var length = Texts.StripToAlphanumeric(value, text);
        return length is >= 5 and <= 20 && text[..length].ContainsAny(Texts.Digits) && !Texts.IsOneDigit(text[..length]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToAlphanumeric(value, destination));
}
