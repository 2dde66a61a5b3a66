using System.Text;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Keys;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Verifies one JWT against the issuers of a policy (RFC 7519, with the rules of RFC 8725).</summary>
internal sealed class TokenVerifier(KeyRing keys, GateClock clock, JwksCache keySets)
{
    /// <summary>Kind of need under which adapters fetch key sets; the argument is the address.</summary>
    public const string KeySetNeed = "jwks";

    private static readonly TokenVerdict Refused = new(null, IdentityReasons.Invalid);

    public TokenVerdict Verify(IdentityPlan plan, Key128 credential, ReadOnlySpan<byte> text)
    {
        if (
            !CompactToken.TryRead(text, out var token)
            || !TokenKeys.IsSupported(token.Algorithm)
            || TokenClaims.Read(token.Payload) is not { } claims
            || IssuerOf(plan, claims) is not { } issuer
            || issuer.Algorithms.Length > 0 && !issuer.Algorithms.Contains(token.Algorithm, StringComparer.Ordinal)
        )
        {
            return Refused;
        }
        if (!CheckSignature(issuer, token, out var verdict))
        {
            return verdict;
        }
        if (issuer.Audiences.Length > 0 && !claims.HasAny("aud", issuer.Audiences))
        {
            return Refused;
        }
        return CheckTimes(issuer, claims, out var expiresAt)
            ? new TokenVerdict(Identify(issuer, claims, credential, expiresAt), null)
            : new TokenVerdict(null, IdentityReasons.Expired);
    }

    private static TokenIssuer? IssuerOf(IdentityPlan plan, TokenClaims claims)
    {
        var name = claims.Text("iss");
        if (name is null)
        {
            // A token that names nobody can only be the sole issuer's, and only if policy gave that issuer no name.
            return !claims.Has("iss") && plan.Issuers is [{ Issuer: null } only] ? only : null;
        }
        foreach (var issuer in plan.Issuers)
        {
            if (issuer.Issuer == name)
            {
                return issuer;
            }
        }
        return plan.Issuers is [{ Issuer: null } sole] ? sole : null;
    }

    private bool CheckSignature(TokenIssuer issuer, in CompactToken token, out TokenVerdict verdict)
    {
        verdict = Refused;
        if (issuer.Keys is { } own)
        {
            var isGood = own.Verify(token, out _);
            verdict = verdict with { IsForgery = !isGood };
            return isGood;
        }
        if (issuer.JwksUrl is null)
        {
            return false;
        }
        var known = keySets.Find(issuer.KeySource, clock.Now, out var wantsFetch);
        if (known is null)
        {
            verdict = wantsFetch
                ? new TokenVerdict(null, null, new Need(KeySetNeed, issuer.KeySource))
                : new TokenVerdict(null, IdentityReasons.KeysUnavailable);
            return false;
        }
        if (wantsFetch)
        {
            verdict = new TokenVerdict(null, null, new Need(KeySetNeed, issuer.KeySource));
            return false;
        }
        if (known.Verify(token, out var isUnknownKey))
        {
            return true;
        }
        verdict =
            isUnknownKey && keySets.MayRefetch(issuer.KeySource, clock.Now)
                ? new TokenVerdict(null, null, new Need(KeySetNeed, issuer.KeySource))
                : Refused with
                {
                    IsForgery = !isUnknownKey,
                };
        return false;
    }

    private bool CheckTimes(TokenIssuer issuer, TokenClaims claims, out long expiresAt)
    {
        var now = clock.WallNow;
        var skew = (long)issuer.ClockSkew.TotalMilliseconds;
        expiresAt = long.MaxValue;
        if (claims.Has("exp"))
        {
            if (claims.Time("exp") is not { } end)
            {
                return false;
            }
            expiresAt = end + skew;
        }
        else if (issuer.RequiresExpiry)
        {
            return false;
        }
        return now < expiresAt && (!claims.Has("nbf") || claims.Time("nbf") is { } start && start - skew <= now);
    }

    private VerifiedIdentity Identify(TokenIssuer issuer, TokenClaims claims, Key128 credential, long expiresAt)
    {
        var account = claims.Bytes(issuer.AccountClaim);
        var client =
            claims.Bytes(issuer.ClientClaim ?? "azp") ?? (issuer.ClientClaim is null ? claims.Bytes("client_id") : null) ?? [];
        return new VerifiedIdentity(
            account is { Length: > 0 } ? Rung.Account : Rung.Session,
            account is { Length: > 0 } ? AccountKey.Of(keys, issuer.Realm, account) : Sessions.KeyOf(keys, credential),
            claims.Freeze(),
            expiresAt
        )
        {
            Issuer = issuer,
            NamesOnePerson = issuer.Sharing == KeySharing.None,
            ClientId = client,
            Client = client.Length == 0 ? default : keys.Hash(KeyPurpose.Caller, (byte)Rung.Anonymous, client),
            TokenId = claims.Bytes("jti") is { Length: > 0 } id
                ? TokenIdKey(keys, issuer.Issuer ?? "", Encoding.UTF8.GetString(id))
                : default,
            IssuedAt = claims.Time("iat") ?? 0,
            CreatedAt = issuer.CreatedClaim is { } created ? claims.Time(created) ?? long.MaxValue : long.MaxValue,
        };
    }

    /// <summary>Keyed hash under which a token id is revoked.</summary>
    public static Key128 TokenIdKey(KeyRing keys, string issuer, string tokenId) =>
        keys.Hash(KeyPurpose.Credential, (byte)CredentialKind.TokenId, Encoding.UTF8.GetBytes($"{issuer}\0{tokenId}"));
}
