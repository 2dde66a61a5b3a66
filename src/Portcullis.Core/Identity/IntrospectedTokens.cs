using System.Text;
using System.Text.Json;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>
/// What an issuer said of opaque tokens (RFC 7662). An answer is believed for the policy's time and never past the token's own end; revocation
/// here holds at once. Without an answer nothing is believed. Refused tokens have a table of their own, so that no flood of them pushes out a
/// good one, and each network may ask about so many unknown tokens a minute.
/// </summary>
public sealed class IntrospectedTokens
{
    /// <summary>Kind of need under which adapters ask; its argument is the token's hash, its secret the token.</summary>
    public const string NeedKind = "introspection";

    /// <summary>Unknown tokens of one network that the issuer is asked about in a minute.</summary>
    public const int MostQuestions = 300;

    private const int Capacity = 64 * 1024;
    private const int OtherCapacity = 16 * 1024;
    private const long RestMilliseconds = 2_000;

    private readonly KeyRing _keys;
    private readonly GateClock _clock;
    private readonly VerifiedTokens _verified;
    private readonly CredentialTable<Answer> _active = new(Capacity);
    private readonly CredentialTable<Answer> _others = new(OtherCapacity);
    private readonly CredentialTable<Questions> _questions = new(OtherCapacity);

    internal IntrospectedTokens(KeyRing keys, GateClock clock, VerifiedTokens verified)
    {
        _keys = keys;
        _clock = clock;
        _verified = verified;
    }

    /// <summary>What a token proves now, or the need to ask.</summary>
    internal TokenVerdict Prove(IntrospectionPlan plan, Key128 credential, ReadOnlySpan<char> token, Key128 network)
    {
        var now = _clock.Now;
        if (_active.TryGet(credential, now, out var known) && known.Plan == plan && now < known.Until)
        {
            return Judge(credential, known.Identity!);
        }
        if (_others.TryGet(credential, now, out var other) && other.Plan == plan && now < other.Until)
        {
            return new TokenVerdict(null, other.Fault);
        }
        return MayAsk(network, now)
            ? new TokenVerdict(
                null,
                null,
                new Need(NeedKind, credential.ToString()) { Secret = new SecretText(token.ToString()) }
            )
            : new TokenVerdict(null, IdentityReasons.IssuerUnavailable);
    }

    /// <summary>Keeps what the issuer answered about a token.</summary>
    /// <param name="plan">The plan it was asked under.</param>
    /// <param name="argument">The need's argument.</param>
    /// <param name="json">The body of its answer.</param>
    public void Store(IntrospectionPlan plan, string argument, ReadOnlySpan<byte> json)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!Key128.TryParse(argument, out var credential))
        {
            return;
        }
        var now = _clock.Now;
        var until = now + (long)plan.Cache.TotalMilliseconds;
        var isActive = IsActive(json);
        var claims = ClaimSet.None;
        if (isActive is null || isActive == true && !TokenClaims.TryRead(json, out claims))
        {
            Failed(plan, argument);
        }
        else if (isActive == false || !IsFor(plan.Issuer, claims))
        {
            _others.Set(credential, now, new Answer(plan, null, until, IdentityReasons.Invalid));
        }
        else
        {
            _active.Set(credential, now, new Answer(plan, Identify(plan.Issuer, claims, credential), until, null));
        }
    }

    /// <summary>Notes that no answer was to be had: the token proves nothing, and the issuer has rest about it.</summary>
    public void Failed(IntrospectionPlan plan, string argument)
    {
        if (Key128.TryParse(argument, out var credential))
        {
            var now = _clock.Now;
            _others.Set(credential, now, new Answer(plan, null, now + RestMilliseconds, IdentityReasons.IssuerUnavailable));
        }
    }

    private TokenVerdict Judge(Key128 credential, VerifiedIdentity identity)
    {
        var wallNow = _clock.WallNow;
        return wallNow >= identity.ExpiresAt ? new TokenVerdict(null, IdentityReasons.Expired)
            : _verified.Revocations.Cover(credential, identity, wallNow) ? new TokenVerdict(null, IdentityReasons.Revoked)
            : new TokenVerdict(identity, null);
    }

    private bool MayAsk(Key128 network, long now)
    {
        var minute = now / 60_000;
        var asked = _questions.TryGet(network, now, out var questions) && questions.Minute == minute ? questions.Count : 0;
        if (asked >= MostQuestions)
        {
            return false;
        }
        _questions.Set(network, now, new Questions(minute, asked + 1));
        return true;
    }

    // RFC 7662, 2.2: `active` is a boolean, and the one member that must be there. Null when the answer is none.
    private static bool? IsActive(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
            bool? found = null;
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals("active"u8);
                reader.Read();
                if (isIt)
                {
                    if (found is not null || reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
                    {
                        return null;
                    }
                    found = reader.TokenType == JsonTokenType.True;
                }
                reader.Skip();
            }
            return found;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool IsFor(TokenIssuer issuer, ClaimSet claims)
    {
        var skew = (long)issuer.ClockSkew.TotalMilliseconds;
        return (issuer.Audiences.Length == 0 || claims.Find("aud").HasAny(issuer.Audiences))
            && (!claims.Has("nbf"u8) || claims.Time("nbf") is { } start && start - skew <= _clock.WallNow)
            && (!claims.Has("exp"u8) || claims.Time("exp") is not null);
    }

    private VerifiedIdentity Identify(TokenIssuer issuer, ClaimSet claims, Key128 credential)
    {
        var account = claims.ValueOf(issuer.AccountClaim);
        var client = claims.ValueOf("client_id").ToArray();
        var tokenId = claims.ValueOf("jti");
        return new VerifiedIdentity(
            account.IsEmpty ? Rung.Session : Rung.Account,
            account.IsEmpty ? Sessions.KeyOf(_keys, credential) : AccountKey.Of(_keys, issuer.Realm, account),
            claims,
            claims.Time("exp") is { } end ? end + (long)issuer.ClockSkew.TotalMilliseconds : long.MaxValue
        )
        {
            Issuer = issuer,
            NamesOnePerson = issuer.Sharing == Keys.KeySharing.None,
            ClientId = client,
            Client = client.Length == 0 ? default : _keys.Hash(KeyPurpose.Caller, (byte)Rung.Anonymous, client),
            TokenId = tokenId.IsEmpty
                ? default
                : TokenVerifier.TokenIdKey(_keys, issuer.Issuer ?? "", Encoding.UTF8.GetString(tokenId)),
            IssuedAt = claims.Time("iat") ?? 0,
            CreatedAt = issuer.CreatedClaim is { } created ? claims.Time(created) ?? long.MaxValue : long.MaxValue,
        };
    }

    private readonly record struct Answer(IntrospectionPlan Plan, VerifiedIdentity? Identity, long Until, Reason? Fault);

    private readonly record struct Questions(long Minute, int Count);
}
