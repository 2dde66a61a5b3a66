namespace Portcullis.Core.Identity;

/// <summary>An operation whose reply tells which account a credential belongs to: login, refresh, introspection, profile.</summary>
public sealed record AccountRule
{
    /// <summary><c>METHOD /template</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Reply field with the account, as path of names; null takes the account of the credential that asked (refresh).</summary>
    public byte[][]? AccountField { get; init; }

    /// <summary>Reply field with the credential that was issued; null with no cookie means the credential that asked (profile).</summary>
    public byte[][]? CredentialField { get; init; }

    /// <summary>Cookie in which the reply issues the credential.</summary>
    public string? CredentialCookie { get; init; }

    /// <summary>Name space of account names; as <see cref="TokenIssuer.Realm"/>.</summary>
    public string Realm { get; init; } = "";
}
