namespace Portcullis.Core.Classification.Classes;

/// <summary>The name of a person.</summary>
internal sealed class PersonName : DataClass
{
    public override string Id => "person-name";

    public override byte Bit => 3;

    public override DataClassKind Kind => DataClassKind.Personal;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "fullname",
        "firstname",
        "lastname",
        "givenname",
        "givennames",
        "familyname",
        "surname",
        "middlename",
        "maidenname",
        "forename",
        "birthname",
        "legalname",
        "personname",
        "customername",
        "accountholder",
        "accountholdername",
        "accountname1",
        "cardholder",
        "cardholdername",
        "holdername",
        "ownername",
        "contactname",
        "username1",
        "membername1",
        "patientname",
        "passengername",
        "guestname",
        "employeename",
        "recipientname",
        "billingname",
        "shippingname",
        "fname",
        "lname",
        "realname",
        "nameoncard",
        "mothersmaidenname",
    ];

    public override IReadOnlyList<string> WeakFieldNames { get; } = ["name", "displayname", "commonname", "salutation"];

    public override IReadOnlyList<string> Examples { get; } = ["Ada Lovelace", "O'Neil", "Jürgen", "李雷", "X"];

    public override IReadOnlyList<string> CounterExamples { get; } =
    ["", "12345", "2024-01-01T00:00:00Z", "a@example.com", "null"];

    public override bool IsPlausible(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 1 or > 200 || Texts.IsPlaceholder(value) || value.ContainsAny("@<>{}"u8))
        {
            return false;
        }
        var digits = 0;
        var letters = 0;
        foreach (var c in value)
        {
            digits += c is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
            letters += c >= 0x80 || char.IsAsciiLetter((char)c) ? 1 : 0;
        }
        return letters > 0 && digits <= letters;
    }

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}
