using System.Net;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>
/// Finds who is asking: verifies credentials, fills the rungs and the pools. Whoever proves nothing is anonymous and gets no row of memory
/// before personal data leaves to his network.
/// </summary>
public sealed class IdentityGuard(GateState state) : Guard
{
    private readonly CredentialReader _reader = new(state);
    private readonly AccountLearning _learning = new(state);

    /// <summary>Kind of the need for a token issuer's key set; its argument is where the set is.</summary>
    public const string KeySetNeed = TokenVerifier.KeySetNeed;

    public override string Id => "identity";

    public override IReadOnlyList<Phase> Phases { get; } = [Phase.RequestHead, Phase.ResponseHead, Phase.ResponseBody];

    /// <summary>The half of <see cref="Read"/> that may run long before the exchange's turn.</summary>
    public HeadFacts ReadAhead(IdentityPlan plan, HeaderSource headers, IPAddress? client) =>
        new(plan, ClientNetwork.Of(state.Keys, client), _reader.ReadBearer(headers, plan));

    public override void Read(Exchange exchange, Phase phase)
    {
        if (phase != Phase.RequestHead)
        {
            return;
        }
        var plan = exchange.Policy.Identity;
        // What lacked something is read again: the adapter may have fetched it meanwhile.
        var isKnown = ReferenceEquals(exchange.Ahead.Plan, plan) && exchange.Ahead.Bearer.Proof.Need is null;
        var facts = isKnown ? exchange.Ahead : ReadAhead(plan, exchange.RequestHeaders, exchange.ClientAddress);
        exchange.NetworkKey = facts.Network;
        exchange.Bearer = facts.Bearer;
    }

    public override Judgement Judge(Exchange exchange, Phase phase)
    {
        switch (phase)
        {
            case Phase.ResponseHead:
                _learning.Vouch(exchange);
                return Judgement.Pass;
            case Phase.ResponseBody:
                _learning.Learn(exchange);
                return Judgement.Pass;
        }
        var plan = exchange.Policy.Identity;
        var found = _reader.Read(exchange, plan);
        if (found.Need is { } need)
        {
            return Judgement.Wait(need);
        }
        Identify(exchange, plan, found);
        return Judgement.Pass;
    }

    private void Identify(Exchange exchange, IdentityPlan plan, in CredentialReader.Finding found)
    {
        exchange.CredentialKey = found.Credential;
        exchange.CredentialFault = plan.Invalid == InvalidWord.Refuse ? found.Fault : null;
        CallerState? sharedToken = null;
        if (found.Token is { } token)
        {
            sharedToken = AddToken(exchange, plan, token, found.Credential);
        }
        else if (found.Session is { } session)
        {
            exchange.Identity = session;
            CallerRungs.Add(state, exchange, session.Key, session.Rung);
        }
        var sharedKey = found.Key is { } key ? AddKey(exchange, plan, key) : null;
        exchange.IsCredentialPending = exchange.Identity is null && found.CanBeVouched;
        exchange.HasUnverifiedCredential = exchange.Identity is null && found.IsForUpstream;
        if (exchange.Identity is null)
        {
            exchange.Pools |= 1UL << BuiltInPools.Anonymous;
            state.Callers.TryGet(exchange.NetworkKey, out var network);
            exchange.Caller = network;
        }
        AddPools(exchange);
        Share(exchange, sharedToken);
        Share(exchange, sharedKey);
    }

    // A credential of many people is charged through its pools and the end user it names; one that has neither is charged itself.
    private static void Share(Exchange exchange, CallerState? row)
    {
        const ulong builtIn = (1UL << BuiltInPools.Anonymous) | (1UL << BuiltInPools.New);
        if (row is null)
        {
            return;
        }
        var isShared = (exchange.Pools & ~builtIn) != 0 || exchange.RungCount > 1;
        if (row.IsShared != isShared)
        {
            row.IsShared = isShared;
        }
    }

    private CallerState? AddToken(Exchange exchange, IdentityPlan plan, VerifiedIdentity token, Key128 credential)
    {
        var rule = RuleOf(plan, token);
        exchange.Pools |= rule?.Pools ?? 0;
        var sharing = rule?.Sharing ?? token.Issuer?.Sharing ?? KeySharing.None;
        if (sharing == KeySharing.Installed)
        {
            return null;
        }
        exchange.Identity = token;
        if (sharing == KeySharing.BackEnd)
        {
            var user = EndUserOf(
                exchange,
                rule?.EndUserHeader ?? token.Issuer?.EndUserHeader,
                rule?.EndUserClaim,
                token,
                rule?.Realm
            );
            return AddShared(exchange, token.Key, token.Rung, user);
        }
        if (token.Rung == Rung.Session && state.Identity.AccountOf(credential, exchange.StartedAt) is { IsEmpty: false } account)
        {
            CallerRungs.Add(state, exchange, account, Rung.Account);
            return null;
        }
        CallerRungs.Add(state, exchange, token.Key, token.Rung);
        return null;
    }

    private CallerState? AddKey(Exchange exchange, IdentityPlan plan, ApiKey key)
    {
        exchange.Pools |= key.PoolsUnder(exchange.Policy);
        var sharing = key.Sharing == KeySharing.None ? plan.ApiKeySharing : key.Sharing;
        if (sharing == KeySharing.Installed)
        {
            return null;
        }
        exchange.Identity ??= key.Identity;
        if (sharing == KeySharing.None)
        {
            if (key.Identity.Rung == Rung.Account)
            {
                CallerRungs.Add(state, exchange, key.Identity.Key, Rung.Account);
            }
            CallerRungs.Add(state, exchange, key.KeyRung, Rung.ApiKey);
            return null;
        }
        if (exchange.RungCount > 0)
        {
            // A token already says who asks; the key is recorded beside it.
            return CallerRungs.Add(state, exchange, key.KeyRung, Rung.ApiKey);
        }
        var header = key.EndUserHeader ?? plan.ApiKeyEndUserHeader;
        return AddShared(exchange, key.KeyRung, Rung.ApiKey, EndUserOf(exchange, header, null, null, key.Realm));
    }

    private CallerState? AddShared(Exchange exchange, Key128 shared, Rung rung, Key128 user)
    {
        if (user.IsEmpty)
        {
            exchange.Pools |= 1UL << BuiltInPools.New;
        }
        else
        {
            CallerRungs.Add(state, exchange, user, Rung.Account);
        }
        return CallerRungs.Add(state, exchange, shared, rung);
    }

    private Key128 EndUserOf(Exchange exchange, string? header, string? claim, VerifiedIdentity? token, string? realm)
    {
        if (claim is not null && token!.Claims.ValueOf(claim) is { IsEmpty: false } name)
        {
            return AccountKey.Of(state.Keys, realm ?? "", name);
        }
        return header is not null && exchange.RequestHeaders.Get(header, out var text) == 1 && !string.IsNullOrEmpty(text)
            ? AccountKey.Of(state.Keys, realm ?? "", text.AsSpan())
            : default;
    }

    private static ClientRule? RuleOf(IdentityPlan plan, VerifiedIdentity token)
    {
        foreach (var rule in plan.Clients)
        {
            if (token.ClientId.AsSpan().SequenceEqual(rule.Client))
            {
                return rule;
            }
        }
        return null;
    }

    private void AddPools(Exchange exchange)
    {
        if (CallerRungs.IsNew(exchange, state.Identity.FoundedAt))
        {
            exchange.Pools |= 1UL << BuiltInPools.New;
        }
        CallerRungs.AddDeclaredPools(exchange);
    }
}
