namespace Portcullis.Core.Classification.Classes;

/// <summary>The id by which a business knows a customer, subscriber or patient.</summary>
internal sealed class CustomerId : DataClass
{
    public override string Id => "customer-id";

    public override byte Bit => 1;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "customerid",
        "customernumber",
        "customerno",
        "customerref",
        "customeruuid",
        "custid",
        "custno",
        "clientnumber",
        "subscriberid",
        "subscribernumber",
        "subscriptionownerid",
        "patientid",
        "patientnumber",
        "partyid",
        "personid",
        "personnumber",
        "contactid",
        "leadid",
        "policyholderid",
        "passengerid",
        "guestid",
        "employeeid",
        "employeenumber",
        "staffid",
        "studentid",
        "driverid",
    ];

    public override IReadOnlyList<string> Examples { get; } = ["C-88120", "88120", "cust_9aX2"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "0", "unknown", "-"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) => AccountTexts.IsId(value);

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}
