using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Learns from the upstream's answers: which credentials it accepts, and which account each belongs to.</summary>
internal sealed class AccountLearning(GateState state)
{
    private const string SetCookie = "Set-Cookie";

    /// <summary>At the response head: the answer vouches for the credential that waited for it, or shows that strangers are refused.</summary>
    public void Vouch(Exchange exchange)
    {
        if (exchange.Plan is not { } plan)
        {
            return;
        }
        if (exchange.CredentialKey.IsEmpty)
        {
            LookAtStranger(exchange, plan.Operation);
            return;
        }
        if (exchange.Status is 401 or 403)
        {
            Refused(exchange);
            return;
        }
        // A redirect is no word: most send strangers to a login page.
        var isAccepted = exchange.Status is >= 200 and < 300 or 304;
        if (!isAccepted || exchange.Method == "OPTIONS" || !IsWord(exchange.Policy.Identity, plan))
        {
            return;
        }
        var now = exchange.StartedAt;
        var lifetime = exchange.Policy.Identity.SessionLifetime;
        if (exchange.IsCredentialPending)
        {
            var account = state.Identity.AccountOf(exchange.CredentialKey, now);
            var identity = state.Identity.Sessions.Vouch(exchange.CredentialKey, account, now, lifetime);
            exchange.Identity = identity;
            exchange.IsCredentialPending = false;
            exchange.Caller = null;
            exchange.Pools &= ~(1UL << BuiltInPools.Anonymous);
            CallerRungs.Add(state, exchange, identity.Key, identity.Rung);
            if (CallerRungs.IsNew(exchange, state.Identity.FoundedAt))
            {
                exchange.Pools |= 1UL << BuiltInPools.New;
            }
        }
        else if (state.Identity.Sessions.Find(exchange.CredentialKey, now) is { } session)
        {
            state.Identity.Sessions.Vouch(
                exchange.CredentialKey,
                session.Rung == Rung.Account ? session.Key : default,
                now,
                lifetime
            );
        }
    }

    /// <summary>At the response body: operations that policy names tell which account a credential belongs to.</summary>
    public void Learn(Exchange exchange)
    {
        var rules = exchange.Policy.Identity.Accounts;
        if (rules.Length == 0 || exchange.Operation is not { } operation || exchange.Status is < 200 or >= 300)
        {
            return;
        }
        foreach (var rule in rules)
        {
            if (rule.Operation == operation.Id)
            {
                Learn(exchange, rule);
            }
        }
    }

    private void Learn(Exchange exchange, AccountRule rule)
    {
        var body = exchange.ResponseBody.Span;
        var account = exchange.Caller is { Rung: Rung.Account } caller ? caller.Key : default;
        if (rule.AccountField is { } field && ReplyField.Find(body, field) is { Length: > 0 } name)
        {
            account = AccountKey.Of(state.Keys, rule.Realm, name.AsSpan());
        }
        if (account.IsEmpty)
        {
            return;
        }
        var issued = 0;
        foreach (var path in rule.CredentialFields)
        {
            if (ReplyField.Find(body, path) is { Length: > 0 } token)
            {
                Link(exchange, CredentialKind.Token, token, account);
                issued++;
            }
        }
        foreach (var cookie in exchange.Policy.Identity.SessionCookies)
        {
            if (CookieOf(exchange, cookie) is { Length: > 0 } value)
            {
                Link(exchange, CredentialKind.Cookie, value, account);
                issued++;
            }
        }
        // A login made with the cookie of another account must not move that cookie, so the old one counts only when none is issued.
        if (issued == 0 && !exchange.CredentialKey.IsEmpty)
        {
            Link(exchange, exchange.CredentialKey, account);
        }
    }

    private void Link(Exchange exchange, CredentialKind kind, ReadOnlySpan<char> text, Key128 account) =>
        Link(exchange, state.Keys.Hash(KeyPurpose.Credential, (byte)kind, text), account);

    private void Link(Exchange exchange, Key128 credential, Key128 account)
    {
        state.LinkAccount(credential, account);
        state.Identity.Sessions.Vouch(credential, account, exchange.StartedAt, exchange.Policy.Identity.SessionLifetime);
    }

    private static string? CookieOf(Exchange exchange, string name)
    {
        if (exchange.ResponseHeaders is not { } headers)
        {
            return null;
        }
        var lines = headers.Get(SetCookie, out _);
        for (var i = 0; i < lines; i++)
        {
            var pair = headers.Line(SetCookie, i).AsSpan();
            var end = pair.IndexOf(';');
            pair = (end < 0 ? pair : pair[..end]).Trim(' ');
            var equals = pair.IndexOf('=');
            if (equals > 0 && pair[..equals].SequenceEqual(name))
            {
                return pair[(equals + 1)..].ToString();
            }
        }
        return null;
    }

    private void Refused(Exchange exchange)
    {
        if (exchange.IsCredentialPending)
        {
            exchange.Operation!.RefusesStrangers = true;
        }
        else if (exchange.Status == 401)
        {
            state.Identity.Sessions.End(exchange.CredentialKey);
        }
    }

    // What the upstream does without any credential shows what its success with one is worth.
    private static void LookAtStranger(Exchange exchange, Operation operation)
    {
        if (!exchange.IsAnonymous || exchange.Method == "OPTIONS")
        {
            return;
        }
        operation.RefusesStrangers |= exchange.Status == 401;
        // A cookie that nobody named may be what the upstream goes by, so its bearer is no proof of an open door.
        operation.AdmitsStrangers |= exchange.Status is >= 200 and < 300 && !exchange.RequestHeaders.Has("Cookie");
    }

    // Success says something about a credential only where its lack is refused: by the operator's word, or as the contract asks and the
    // upstream was seen to do; of an operation nobody declared only if it never let a stranger in. An operation whose control failed must not turn every invented cookie into an identity.
    private static bool IsWord(IdentityPlan plan, OperationPlan operation) =>
        plan.VouchedBy.Contains(operation.Operation.Id)
        || operation.Operation.RefusesStrangers
            && (
                operation.Authentication == AuthenticationWord.Required
                || operation.Authentication == AuthenticationWord.Learned && !operation.Operation.AdmitsStrangers
            );
}
