using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Finds the credentials of a request head and what each proves.</summary>
internal sealed class CredentialReader(GateState state)
{
    private const int StackSize = 2048;

    /// <summary>What was found; <see cref="Finding.Need"/> set means that nothing else counts yet.</summary>
    public Finding Read(Exchange exchange, IdentityPlan plan)
    {
        var found = new Finding();
        var candidates = 0;
        ReadKey(exchange, plan, ref found, ref candidates);
        ReadAuthorization(exchange, plan, ref found, ref candidates);
        ReadCookies(exchange, plan, ref found, ref candidates);
        // Of two credentials only the upstream judges, one may be junk that rides on the other: then its answer vouches for neither.
        found.IsForUpstream = candidates > 0;
        found.CanBeVouched &= candidates == 1 && found.Token is null && found.Key is null;
        return found;
    }

    private void ReadKey(Exchange exchange, IdentityPlan plan, ref Finding found, ref int candidates)
    {
        if (
            plan.ApiKeyHeader is not { } name
            || exchange.RequestHeaders.Get(name, out var text) == 0
            || string.IsNullOrEmpty(text)
        )
        {
            ReadQueryKey(exchange, plan, ref found);
            return;
        }
        found.Key = state.Identity.ApiKeys.Ring.Find(text, state.Clock.WallNow);
        if (found.Key is not null)
        {
            return;
        }
        if (ApiKeyText.IsWellFormed(text))
        {
            found.Fault = IdentityReasons.UnknownKey;
            return;
        }
        Consider(exchange, Hash(CredentialKind.ForeignKey, text), ref found, ref candidates);
    }

    private void ReadQueryKey(Exchange exchange, IdentityPlan plan, ref Finding found)
    {
        if (plan.ApiKeyQuery is not { } name)
        {
            return;
        }
        Span<char> text = stackalloc char[ApiKeyText.Length];
        foreach (ref readonly var parameter in exchange.Query.Span)
        {
            if (!exchange.Target(parameter.Name).SequenceEqual(name))
            {
                continue;
            }
            if (found.Key is not null || found.Fault is not null)
            {
                // Of two keys nobody can say which one is meant.
                found.Key = null;
                found.Fault = IdentityReasons.UnknownKey;
                return;
            }
            if (
                parameter.Value.Length == ApiKeyText.Length
                && Ascii.ToUtf16(exchange.Target(parameter.Value), text, out _) == OperationStatus.Done
                && ApiKeyText.IsWellFormed(text)
            )
            {
                found.Key = state.Identity.ApiKeys.Ring.Find(text, state.Clock.WallNow);
                found.Fault = found.Key is null ? IdentityReasons.UnknownKey : null;
            }
        }
    }

    /// <summary>The bearer token that is for the policy's issuers to prove; pure, so that it may run long before the rest.</summary>
    public BearerFact ReadBearer(HeaderSource headers, IdentityPlan plan)
    {
        var token = default(ReadOnlySpan<char>);
        return headers.Get("Authorization", out var line) > 0 && IsForIssuers(plan, line, out token)
            ? ReadToken(plan, token)
            : default;
    }

    private void ReadAuthorization(Exchange exchange, IdentityPlan plan, ref Finding found, ref int candidates)
    {
        if (exchange.Bearer is { IsThere: true } bearer)
        {
            var verdict = state.Identity.Tokens.Judge(bearer.Credential, bearer.Proof);
            found.Credential = bearer.Credential;
            found.Token = verdict.Identity;
            found.Fault = verdict.Fault ?? found.Fault;
            found.Need = verdict.Need;
        }
        else if (exchange.RequestHeaders.Get("Authorization", out var line) > 0 && !string.IsNullOrEmpty(line))
        {
            var isBearer = IsBearer(line, out var token);
            if (isBearer && plan.Introspection is { } asked)
            {
                ReadOpaque(exchange, asked, token, ref found);
            }
            else if (plan.AdmitsOpaqueTokens)
            {
                Consider(exchange, Hash(CredentialKind.Token, token), ref found, ref candidates);
            }
        }
    }

    private void ReadOpaque(Exchange exchange, IntrospectionPlan plan, ReadOnlySpan<char> token, ref Finding found)
    {
        // RFC 6750, 2.1: what no issuer can have made is not sent to one.
        if (token.IsEmpty || token.Length > CompactToken.MaxSize || token.ContainsAnyExceptInRange('!', '~'))
        {
            found.Fault = IdentityReasons.Invalid;
            return;
        }
        found.Credential = Hash(CredentialKind.Token, token);
        var verdict = state.Identity.Introspected.Prove(plan, found.Credential, token, exchange.NetworkKey);
        found.Token = verdict.Identity;
        found.Fault = verdict.Fault ?? found.Fault;
        found.Need = verdict.Need;
    }

    // The token is the value without its scheme, or the whole value under another one.
    private static bool IsBearer(string? line, out ReadOnlySpan<char> token)
    {
        var value = line.AsSpan().Trim(' ');
        var isBearer = value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);
        token = isBearer ? value["Bearer ".Length..].TrimStart(' ') : value;
        return isBearer;
    }

    private static bool IsForIssuers(IdentityPlan plan, string? line, out ReadOnlySpan<char> token) =>
        IsBearer(line, out token)
        && plan.Issuers.Length > 0
        && (LooksLikeJwt(token) || plan.Introspection is null && !plan.AdmitsOpaqueTokens);

    [SkipLocalsInit]
    private BearerFact ReadToken(IdentityPlan plan, ReadOnlySpan<char> token)
    {
        var unreadable = new BearerFact(default, new TokenVerdict(null, IdentityReasons.Invalid));
        if (token.Length > CompactToken.MaxSize)
        {
            return unreadable;
        }
        byte[]? rented = null;
        var buffer = token.Length <= StackSize ? stackalloc byte[StackSize] : rented = ArrayPool<byte>.Shared.Rent(token.Length);
        var fact = unreadable;
        if (Ascii.FromUtf16(token, buffer, out var size) == OperationStatus.Done)
        {
            var text = buffer[..size];
            var credential = state.Keys.Hash(KeyPurpose.Credential, (byte)CredentialKind.Token, text);
            fact = new BearerFact(credential, state.Identity.Tokens.Read(plan, credential, text));
        }
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
        return fact;
    }

    private void ReadCookies(Exchange exchange, IdentityPlan plan, ref Finding found, ref int candidates)
    {
        var lines = exchange.RequestHeaders.Get("Cookie", out var line);
        if (lines == 0)
        {
            return;
        }
        if (plan.SessionCookies.Length == 0)
        {
            // A cookie nobody named may be what the upstream really goes by, so it must not vouch for anything else.
            found.CanBeVouched = false;
            return;
        }
        for (var i = 0; i < lines; i++)
        {
            var rest = (i == 0 ? line : exchange.RequestHeaders.Line("Cookie", i)).AsSpan();
            foreach (var range in rest.Split(';'))
            {
                var pair = rest[range].Trim(' ');
                var equals = pair.IndexOf('=');
                if (equals > 0 && IsSession(plan, pair[..equals]) && equals + 1 < pair.Length)
                {
                    Consider(exchange, Hash(CredentialKind.Cookie, pair[(equals + 1)..]), ref found, ref candidates);
                }
            }
        }
    }

    private void Consider(Exchange exchange, Key128 credential, ref Finding found, ref int candidates)
    {
        var now = exchange.StartedAt;
        found.CanBeVouched = candidates++ == 0;
        var known = state.Identity.Sessions.Find(credential, now);
        if (known is null && state.Identity.AccountOf(credential, now) is { IsEmpty: false } account)
        {
            known = state.Identity.Sessions.Vouch(credential, account, now, exchange.Policy.Identity.SessionLifetime);
        }
        found.Session ??= known;
        if (found.Credential.IsEmpty || known is not null && ReferenceEquals(found.Session, known))
        {
            found.Credential = credential;
        }
    }

    private static bool IsSession(IdentityPlan plan, ReadOnlySpan<char> name)
    {
        foreach (var session in plan.SessionCookies)
        {
            if (name.SequenceEqual(session))
            {
                return true;
            }
        }
        return false;
    }

    private static bool LooksLikeJwt(ReadOnlySpan<char> token) =>
        token.StartsWith("eyJ", StringComparison.Ordinal) && token.Contains('.');

    private Key128 Hash(CredentialKind kind, ReadOnlySpan<char> text) => state.Keys.Hash(KeyPurpose.Credential, (byte)kind, text);

    /// <summary>What the credentials of one request are and prove.</summary>
    internal struct Finding
    {
        /// <summary>A good key of the own store.</summary>
        public ApiKey? Key;

        /// <summary>What a verified token proves.</summary>
        public VerifiedIdentity? Token;

        /// <summary>What a vouched session stands for.</summary>
        public VerifiedIdentity? Session;

        /// <summary>Hash of the credential that decided, or of the one that waits for the upstream's word.</summary>
        public Key128 Credential;

        /// <summary>True when exactly one credential waits for the upstream's word.</summary>
        public bool CanBeVouched;

        /// <summary>True when at least one credential is for the upstream to judge.</summary>
        public bool IsForUpstream;

        public Reason? Fault;

        public Need? Need;
    }
}
