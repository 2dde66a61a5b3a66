namespace Portcullis.Core.Classification.Classes;

/// <summary>A tax or VAT number of a person or business.</summary>
internal sealed class TaxId : DataClass
{
    public override string Id => "tax-id";

    public override byte Bit => 11;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "taxid",
        "taxnumber",
        "taxno",
        "taxidentificationnumber",
        "taxpayerid",
        "tin",
        "itin",
        "vat",
        "vatid",
        "vatnumber",
        "vatno",
        "taxfilenumber",
        "tfn",
        "steuerid",
        "nif",
        "utr",
        "ein",
        "pannumber",
    ];

    public override bool IsSharedWithPlaces => true;

    public override IReadOnlyList<string> Examples { get; } = ["DE136695976", "912-70-1234", "ABCDE1234F"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "0.19", "20%", "19", "none"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        Span<byte> text = stackalloc byte[24];
        var length = Texts.StripToAlphanumeric(value, text);
        return length is >= 7 and <= 16 && text[..length].ContainsAny(Texts.Digits) && !Texts.IsOneDigit(text[..length]);
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) =>
        Math.Max(0, Texts.StripToAlphanumeric(value, destination));
}
