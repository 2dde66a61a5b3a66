using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Keys;
using Portcullis.Core.Policy;
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
        exchange.NetworkKey = ClientNetwork.Of(state.Keys, exchange.ClientAddress);
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
        if (found.Token is { } token)
        {
            AddToken(exchange, plan, token, found.Credential);
        }
        else if (found.Session is { } session)
        {
            exchange.Identity = session;
            CallerRungs.Add(state, exchange, session.Key, session.Rung, isShared: false);
        }
        if (found.Key is { } key)
        {
            AddKey(exchange, key);
        }
        exchange.IsCredentialPending = exchange.Identity is null && found.CanBeVouched;
        if (exchange.Identity is null)
        {
            exchange.Pools |= 1UL << Pool.Anonymous;
            state.Callers.TryGet(exchange.NetworkKey, out var network);
            exchange.Caller = network;
        }
        AddPools(exchange);
    }

    private void AddToken(Exchange exchange, IdentityPlan plan, VerifiedIdentity token, Key128 credential)
    {
        exchange.Identity = token;
        if (RuleOf(plan, token) is { } rule)
        {
            exchange.Pools |= rule.Pools;
            if (rule.IsShared)
            {
                var user = EndUserOf(exchange, rule, token);
                AddShared(exchange, token.Key, token.Rung, user, rule.Pools);
                return;
            }
        }
        if (token.Rung == Rung.Session && state.Identity.AccountOf(credential, exchange.StartedAt) is { IsEmpty: false } account)
        {
            CallerRungs.Add(state, exchange, account, Rung.Account, isShared: false);
            return;
        }
        CallerRungs.Add(state, exchange, token.Key, token.Rung, isShared: false);
    }

    private void AddKey(Exchange exchange, ApiKey key)
    {
        var pools = key.PoolsUnder(exchange.Policy);
        exchange.Pools |= pools;
        if (key.Sharing == KeySharing.Installed)
        {
            return;
        }
        exchange.Identity ??= key.Identity;
        if (key.Sharing == KeySharing.None)
        {
            if (key.Identity.Rung == Rung.Account)
            {
                CallerRungs.Add(state, exchange, key.Identity.Key, Rung.Account, isShared: false);
            }
            CallerRungs.Add(state, exchange, key.KeyRung, Rung.ApiKey, isShared: false);
            return;
        }
        var user =
            key.EndUserHeader is { } header
            && exchange.RequestHeaders.Get(header, out var name) == 1
            && !string.IsNullOrEmpty(name)
                ? AccountKey.Of(state.Keys, key.Realm, name.AsSpan())
                : default;
        if (key.EndUserHeader is null || exchange.RungCount > 0)
        {
            // Nothing more is to be known of who asks; the key is recorded, and its pools are charged.
            CallerRungs.Add(state, exchange, key.KeyRung, Rung.ApiKey, isShared: pools != 0 || exchange.RungCount > 0);
            return;
        }
        AddShared(exchange, key.KeyRung, Rung.ApiKey, user, pools);
    }

    // A credential of many people is charged through its pools, and through the end user it names; one that has neither is charged itself.
    private void AddShared(Exchange exchange, Key128 shared, Rung rung, Key128 user, ulong pools)
    {
        if (user.IsEmpty)
        {
            exchange.Pools |= 1UL << Pool.New;
        }
        else
        {
            CallerRungs.Add(state, exchange, user, Rung.Account, isShared: false);
        }
        CallerRungs.Add(state, exchange, shared, rung, isShared: pools != 0 || !user.IsEmpty);
    }

    private Key128 EndUserOf(Exchange exchange, ClientRule rule, VerifiedIdentity token)
    {
        if (
            rule.EndUserClaim is { } claim
            && token.Claims.TryGetValue(claim, out var values)
            && values.Length == 1
            && values[0].Length > 0
        )
        {
            return AccountKey.Of(state.Keys, rule.Realm, values[0].AsSpan());
        }
        return
            rule.EndUserHeader is { } header
            && exchange.RequestHeaders.Get(header, out var name) == 1
            && !string.IsNullOrEmpty(name)
            ? AccountKey.Of(state.Keys, rule.Realm, name.AsSpan())
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
            exchange.Pools |= 1UL << Pool.New;
        }
        var pools = exchange.Policy.Pools;
        for (var i = Pool.FirstDeclared; i < pools.Length; i++)
        {
            // Unknown is no: a stranger must not fill a pool that he was never shown to belong to.
            if (pools[i].Members?.Evaluate(exchange, -1) == true)
            {
                exchange.Pools |= pools[i].Mask;
            }
        }
    }
}
