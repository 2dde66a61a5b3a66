namespace Portcullis.Core.Classification.Classes;

/// <summary>Where a person lives or receives post.</summary>
internal sealed class PostalAddress : DataClass
{
    public override string Id => "postal-address";

    public override byte Bit => 6;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "streetaddress",
        "street",
        "street1",
        "street2",
        "streetname",
        "streetline1",
        "streetline2",
        "addressline",
        "addressline1",
        "addressline2",
        "addressline3",
        "address1",
        "address2",
        "line1",
        "line2",
        "homeaddress",
        "billingaddress",
        "shippingaddress",
        "deliveryaddress",
        "mailingaddress",
        "postaladdress",
        "residentialaddress",
        "residence",
        "fulladdress",
        "housenumber",
        "addr",
        "formattedaddress",
        "serviceaddress",
    ];

    public override IReadOnlyList<string> WeakFieldNames { get; } =
    [
        "address",
        "city",
        "town",
        "zip",
        "zipcode",
        "postalcode",
        "postcode",
        "state",
        "province",
        "county",
        "country",
        "countrycode",
        "region",
    ];

    public override bool IsSharedWithPlaces => true;

    public override IReadOnlyList<string> Examples { get; } =
    ["1 Infinite Loop", "Hauptstraße 5, 10115 Berlin", "Flat 2, 10 Downing Street"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["", "null", "https://example.com/", "0x52908400098527886E0F7030069857D2E4169EE7", "a@example.com"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 1 or > 500 || Texts.IsPlaceholder(value) || value.StartsWith("http"u8) || value.StartsWith("0x"u8))
        {
            return false;
        }
        foreach (var c in value)
        {
            if (c >= 0x80 || char.IsAsciiLetterOrDigit((char)c))
            {
                return !value.Contains((byte)'@');
            }
        }
        return false;
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}
