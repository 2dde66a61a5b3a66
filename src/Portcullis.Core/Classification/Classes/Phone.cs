namespace Portcullis.Core.Classification.Classes;

/// <summary>A telephone number, international (E.164) or as written in its country.</summary>
internal sealed class Phone : DataClass
{
    public override string Id => "phone";

    public override byte Bit => 5;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "phone",
        "phonenumber",
        "phoneno",
        "telephone",
        "telephonenumber",
        "tel",
        "mobile",
        "mobilenumber",
        "mobilephone",
        "mobileno",
        "cell",
        "cellphone",
        "cellnumber",
        "cellphonenumber",
        "homephone",
        "workphone",
        "dayphone",
        "eveningphone",
        "daytimephone",
        "contactphone",
        "contactnumber",
        "msisdn",
        "primaryphone",
        "secondaryphone",
        "alternatephone",
        "phone1",
        "phone2",
        "smsnumber",
        "whatsapp",
        "ctn",
        "lineno",
        "linenumber",
        "mdn",
        "isdn",
        "callernumber",
        "calledparty",
        "callingparty",
        "e164",
    ];

    public override bool EndsCompoundNames => true;

    public override bool IsSharedWithPlaces => true;

    public override ValueShape? CertainShape { get; } =
        new(
            ValueTraits.Plus | ValueTraits.Digit,
            ValueTraits.Letter | ValueTraits.At | ValueTraits.Other | ValueTraits.Dollar,
            8
        );

    public override IReadOnlyList<string> Examples { get; } =
    ["+14255550100", "+1 (425) 555-0100", "4255550100", "(425) 555-0100", "+442079460123", "07911 123456", "0049 30 901820"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["", "12", "+999123456789", "1.5", "2024-01-01T10:00:00Z", "+1234", "0000000000", "call us"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) => PhoneNumbers.IsPlausible(value);

    public override bool IsCertain(ReadOnlySpan<byte> value) =>
        value.Length is >= 8 and <= 24 && value[0] == '+' && PhoneNumbers.IsPlausible(value);

    public override int Normalise(ReadOnlySpan<byte> value, Span<byte> destination) => PhoneNumbers.Normalise(value, destination);
}
