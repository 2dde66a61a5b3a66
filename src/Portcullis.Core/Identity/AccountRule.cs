namespace Portcullis.Core.Identity;

/// <summary>An operation whose reply tells which account a credential belongs to: login, refresh, introspection, profile.</summary>
public sealed record AccountRule
{
    /// <summary>Reply fields under which tokens are issued, where policy names none.</summary>
    public static readonly byte[][][] UsualCredentialFields =
    [
        ["access_token"u8.ToArray()],
        ["accessToken"u8.ToArray()],
        ["token"u8.ToArray()],
        ["sessionToken"u8.ToArray()],
        ["session_token"u8.ToArray()],
    ];

    /// <summary><c>METHOD /template</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Reply field with the account, as path of names; null, or absent in a reply, takes the account of the credential that asked.</summary>
    public byte[][]? AccountField { get; init; }

    /// <summary>
    /// Reply fields with the credential that was issued. A reply that issues none, here or as session cookie, is about the one that asked.
    /// </summary>
    public byte[][][] CredentialFields { get; init; } = UsualCredentialFields;

    /// <summary>Name space of account names; as <see cref="TokenIssuer.Realm"/>.</summary>
    public string Realm { get; init; } = "";
}
