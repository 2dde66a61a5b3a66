namespace Portcullis.Core.Classification.Classes;

/// <summary>The id or login name of a user or member.</summary>
internal sealed class UserId : DataClass
{
    public override string Id => "user-id";

    public override byte Bit => 2;

    public override DataClassKind Kind => DataClassKind.Identifier;

    public override IReadOnlyList<string> FieldNames { get; } =
    [
        "userid",
        "useruuid",
        "userguid",
        "uid",
        "username",
        "usernumber",
        "login",
        "loginname",
        "loginid",
        "memberid",
        "idmember",
        "membername",
        "profileid",
        "ownerid",
        "owneruserid",
        "createdbyuserid",
        "screenname",
        "nickname",
        "principalid",
        "userprincipalname",
        "samaccountname",
        "accountname",
        "handle",
    ];

    public override IReadOnlyList<string> Examples { get; } = ["jdoe", "5f2b0c", "42"];

    public override IReadOnlyList<string> CounterExamples { get; } = ["", "0", "undefined", "true"];

    public override bool IsPlausible(ReadOnlySpan<byte> value) => AccountTexts.IsId(value);

    public override bool IsCertain(ReadOnlySpan<byte> value) => false;
}
