using Portcullis.Core.Decisions;

namespace Portcullis.Core.Identity;

/// <summary>Why a credential is refused; callers are told the same of each.</summary>
public static class IdentityReasons
{
    private const string Title = "The credential is not valid.";
    private const string InvalidToken = "Bearer error=\"invalid_token\"";

    public static readonly Reason Invalid = new(
        "identity/invalid-token",
        401,
        Title,
        "The token's form, issuer, audience, algorithm or signature is not what policy accepts. `invalid: anonymous` treats such callers as anonymous."
    )
    {
        Challenge = InvalidToken,
    };

    public static readonly Reason Expired = new(
        "identity/expired-token",
        401,
        Title,
        "The token has expired, is not valid yet, or names no end (`exp`), which every token must. `clockSkew` of the issuer says how far clocks may differ."
    )
    {
        Challenge = InvalidToken,
    };

    public static readonly Reason Revoked = new(
        "identity/revoked",
        401,
        Title,
        "The token, its account or the key was revoked. Sign in again, or issue a new key."
    )
    {
        Challenge = InvalidToken,
    };

    public static readonly Reason UnknownKey = new(
        "identity/unknown-key",
        401,
        Title,
        "The API key is of this gateway's form but not in its store, or it has ended. `portcullis keys` lists keys."
    );

    public static readonly Reason IssuerUnavailable = new(
        "identity/issuer-unavailable",
        503,
        "The credential cannot be checked now.",
        "The token's issuer gave no usable answer to an introspection, or this network asks about too many unknown tokens. Check that the gateway reaches the `introspection` address with its client id and secret."
    );

    public static readonly Reason KeysUnavailable = new(
        "identity/keys-unavailable",
        503,
        "The credential cannot be checked now.",
        "The issuer's key set could not be fetched. Check that the gateway reaches the `jwks` address."
    );
}
