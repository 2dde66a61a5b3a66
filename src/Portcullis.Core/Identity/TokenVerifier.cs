using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Verifies one JWT against the issuers of a policy (RFC 7519, with the rules of RFC 8725).</summary>
internal sealed class TokenVerifier(KeyRing keys, GateClock clock, JwksCache keySets)
{
    /// <summary>Kind of need under which adapters fetch key sets; the argument is the address.</summary>
    public const string KeySetNeed = "jwks";

    private const int StackSize = 2048;

    private static readonly TokenVerdict Refused = new(null, IdentityReasons.Invalid);

    [SkipLocalsInit]
    public TokenVerdict Verify(IdentityPlan plan, Key128 credential, ReadOnlySpan<byte> text)
    {
        byte[]? rented = null;
        var scratch = text.Length <= StackSize ? stackalloc byte[StackSize] : rented = ArrayPool<byte>.Shared.Rent(text.Length);
        var verdict = Verify(plan, credential, text, scratch);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
        return verdict;
    }

    private TokenVerdict Verify(IdentityPlan plan, Key128 credential, ReadOnlySpan<byte> text, Span<byte> scratch)
    {
        if (
            !CompactToken.TryRead(text, scratch, out var token)
            || !TokenKeys.IsSupported(token.Algorithm)
            || !TokenClaims.TryRead(token.Payload, out var claims)
            || IssuerOf(plan, claims) is not { } issuer
            || issuer.Algorithms.Length > 0 && !issuer.Algorithms.AsSpan().Contains(token.Algorithm)
        )
        {
            return Refused;
        }
        if (!CheckSignature(issuer, token, out var verdict))
        {
            return verdict;
        }
        if (issuer.Audiences.Length > 0 && !claims.Find("aud").HasAny(issuer.Audiences))
        {
            return Refused;
        }
        return CheckTimes(issuer, claims, out var expiresAt)
            ? new TokenVerdict(Identify(issuer, claims, credential, expiresAt), null)
            : new TokenVerdict(null, IdentityReasons.Expired);
    }

    private static TokenIssuer? IssuerOf(IdentityPlan plan, ClaimSet claims)
    {
        var name = claims.Find("iss");
        if (name.Count != 1)
        {
            // A token that names nobody can only be the sole issuer's, and only if policy gave that issuer no name.
            return !claims.Has("iss"u8) && plan.Issuers is [{ Issuer: null } only] ? only : null;
        }
        foreach (var issuer in plan.Issuers)
        {
            if (issuer.Issuer is { } known && ClaimValues.IsText(name[0], known))
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

    private bool CheckTimes(TokenIssuer issuer, ClaimSet claims, out long expiresAt)
    {
        var now = clock.WallNow;
        var skew = (long)issuer.ClockSkew.TotalMilliseconds;
        expiresAt = claims.Time("exp") is { } end ? end + skew : long.MinValue;
        return now < expiresAt && (!claims.Has("nbf"u8) || claims.Time("nbf") is { } start && start - skew <= now);
    }

    private VerifiedIdentity Identify(TokenIssuer issuer, ClaimSet claims, Key128 credential, long expiresAt)
    {
        var account = claims.ValueOf(issuer.AccountClaim);
        var client = claims.Find(issuer.ClientClaim ?? "azp");
        if (client.Count != 1 && issuer.ClientClaim is null)
        {
            client = claims.Find("client_id");
        }
        var clientId = client.Count == 1 && client[0].Length > 0 ? client[0].ToArray() : [];
        var tokenId = claims.ValueOf("jti");
        return new VerifiedIdentity(
            account.IsEmpty ? Rung.Session : Rung.Account,
            account.IsEmpty ? Sessions.KeyOf(keys, credential) : AccountKey.Of(keys, issuer.Realm, account),
            claims,
            expiresAt
        )
        {
            Issuer = issuer,
            NamesOnePerson = issuer.Sharing == KeySharing.None,
            ClientId = clientId,
            Client = clientId.Length == 0 ? default : keys.Hash(KeyPurpose.Caller, (byte)Rung.Anonymous, clientId),
            TokenId = tokenId.IsEmpty ? default : TokenIdKey(keys, issuer.Issuer ?? "", Encoding.UTF8.GetString(tokenId)),
            IssuedAt = claims.Time("iat") ?? 0,
            CreatedAt = issuer.CreatedClaim is { } created ? claims.Time(created) ?? long.MaxValue : long.MaxValue,
        };
    }

    /// <summary>Keyed hash under which a token id is revoked.</summary>
    public static Key128 TokenIdKey(KeyRing keys, string issuer, string tokenId) =>
        keys.Hash(KeyPurpose.Credential, (byte)CredentialKind.TokenId, Encoding.UTF8.GetBytes($"{issuer}\0{tokenId}"));
}
