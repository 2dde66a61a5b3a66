namespace Portcullis.Core.Classification.Classes;

/// <summary>An account, billing account or membership number: names one account.</summary>
internal sealed class AccountId : DataClass
{
    public override string Id => "account-id";

    public override byte Bit => 0;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "accountid",
        "accountnumber",
        "accountno",
        "acctid",
        "acctno",
        "acctnumber",
        "accountref",
        "accountreference",
        "accountuuid",
        "accountkey",
        "billingaccountid",
        "billingaccountnumber",
        "billingaccount",
        "ban",
        "customeraccountid",
        "customeraccountnumber",
        "loyaltynumber",
        "loyaltyid",
        "membershipnumber",
        "membershipid",
        "policynumber",
    ];

    public override IReadOnlyList<string> Examples { get; } = ["A-100234", "100234", "7f1c2a9e-2b1d-4c57-9a52-0f6f9be3f001"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "0", "null", "N/A", "***"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) => AccountTexts.IsId(value);

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}
