namespace Portcullis.Core.Identity;

/// <summary>What kind of credential a keyed hash stands for, so that equal text of two kinds differs. Values are frozen.</summary>
public enum CredentialKind : byte
{
    /// <summary>A bearer token, or another value of Authorization.</summary>
    Token = 1,

    /// <summary>A session cookie's value.</summary>
    Cookie = 2,

    /// <summary>An issuer and a token id (<c>jti</c>).</summary>
    TokenId = 3,

    /// <summary>An API key that is not of the own store.</summary>
    ForeignKey = 4,
}
