using Portcullis.Core.Hashing;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Everything remembered about credentials: own keys, key sets, verified tokens, vouched sessions and their accounts.</summary>
public sealed class IdentityState
{
    private const int TokenCapacity = 64 * 1024;
    private const int SessionCapacity = 128 * 1024;
    private const int LinkCapacity = 256 * 1024;

    private readonly CredentialTable<Key128> _accounts = new(LinkCapacity);
    private ApiKeyStore _apiKeys;

    internal IdentityState(KeyRing keys, GateClock clock)
    {
        _apiKeys = new ApiKeyStore(null, keys, TimeProvider.System);
        Tokens = new VerifiedTokens(new TokenVerifier(keys, clock, KeySets), clock, KeySets, TokenCapacity);
        Introspected = new IntrospectedTokens(keys, clock, Tokens);
        Sessions = new Sessions(keys, SessionCapacity);
        FoundedAt = clock.Now;
    }

    /// <summary>The own keys; the executable puts the store of its data folder here before the gate opens.</summary>
    public ApiKeyStore ApiKeys
    {
        get => Volatile.Read(ref _apiKeys);
        set => Volatile.Write(ref _apiKeys, value);
    }

    /// <summary>Key sets of token issuers; whoever fills a need of kind <c>jwks</c> stores the answer here.</summary>
    public JwksCache KeySets { get; } = new();

    /// <summary>What issuers said of opaque tokens; whoever fills a need of kind <c>introspection</c> stores the answer here.</summary>
    public IntrospectedTokens Introspected { get; }

    /// <summary>Gate time of the first record of this data folder; <see cref="IdentityPlan.FoundingPeriod"/> counts from it.</summary>
    public long FoundedAt { get; set; }

    /// <summary>Revocations in force.</summary>
    public Revocations Revocations => Tokens.Revocations;

    internal VerifiedTokens Tokens { get; }

    internal Sessions Sessions { get; }

    /// <summary>The account a credential belongs to by the word of an earlier reply; empty when unknown.</summary>
    public Key128 AccountOf(Key128 credential, long now) =>
        _accounts.TryGet(credential, now, out var account) ? account : default;

    /// <summary>Puts a revocation in force without recording it: for restoring from the journal.</summary>
    public void Restore(Revocation revocation)
    {
        ArgumentNullException.ThrowIfNull(revocation);
        Tokens.Revoke(revocation);
        Sessions.End(revocation.Target);
    }

    /// <summary>Puts a link of credential and account in force without recording it; true when it is news.</summary>
    public bool Link(Key128 credential, Key128 account, long now)
    {
        if (_accounts.TryGet(credential, now, out var known) && known == account)
        {
            return false;
        }
        _accounts.Set(credential, now, account);
        return true;
    }
}
