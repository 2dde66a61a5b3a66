using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;

namespace Portcullis.Tests.Identity;

public sealed class VerifiedTokenTests
{
    private readonly IdentityBench _bench = new(Tokens.Plan);

    private DateTimeOffset Now => _bench.Time.GetUtcNow();

    private long WallNow => Now.ToUnixTimeMilliseconds();

    [Fact]
    public void A_revoked_token_fails_at_its_next_use()
    {
        var token = IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(1)));
        var other = IdentityBench.Bearer(Tokens.Of("bert", Now.AddHours(1)));
        var first = _bench.Ask(token);
        _bench.Ask(other);
        _bench.State.Revoke(new Revocation(first.CredentialKey, WallNow, WallNow + 3_600_000), "stolen");
        Assert.Equal("identity/revoked", _bench.Ask(token).Reason?.Id);
        Assert.False(_bench.Ask(other).IsRefused);
    }

    [Fact]
    public void Revoking_a_token_id_ends_every_token_that_carries_it()
    {
        var token = IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(1), ",\"jti\":\"t-1\""));
        Assert.False(_bench.Ask(token).IsRefused);
        var target = TokenVerifier.TokenIdKey(_bench.Keys, Tokens.Issuer, "t-1");
        _bench.State.Revoke(new Revocation(target, WallNow, WallNow + 3_600_000), "logout");
        Assert.Equal("identity/revoked", _bench.Ask(token).Reason?.Id);
    }

    [Fact]
    public void Revoking_an_account_ends_tokens_issued_before_and_none_issued_after()
    {
        var old = IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(1), $",\"iat\":{Now.ToUnixTimeSeconds()}"));
        Assert.False(_bench.Ask(old).IsRefused);
        _bench.State.Revoke(new Revocation(AccountKey.Of(_bench.Keys, "", "anna"), WallNow, WallNow + 3_600_000), "phished");
        Assert.Equal("identity/revoked", _bench.Ask(old).Reason?.Id);
        _bench.Time.Advance(TimeSpan.FromSeconds(2));
        var fresh = IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(1), $",\"iat\":{Now.ToUnixTimeSeconds()}"));
        Assert.False(_bench.Ask(fresh).IsRefused);
    }

    [Fact]
    public void A_flood_of_forgeries_pushes_out_no_good_token()
    {
        var clock = _bench.Clock;
        var keySets = new JwksCache();
        var tokens = new VerifiedTokens(new TokenVerifier(_bench.Keys, clock, keySets), clock, keySets, 64);
        var good = new List<(Key128 Key, byte[] Text)>();
        for (var i = 0; i < 8; i++)
        {
            var text = System.Text.Encoding.ASCII.GetBytes(Tokens.Of($"user{i}", Now.AddHours(1)));
            good.Add((_bench.Keys.Hash(KeyPurpose.Credential, text), text));
            Assert.NotNull(tokens.Prove(Tokens.Plan, good[i].Key, text).Identity);
        }
        var forged = System.Text.Encoding.ASCII.GetBytes(
            Tokens.Signed("""{"alg":"HS256"}""", $$"""{"iss":"{{Tokens.Issuer}}","aud":"api","exp":9999999999}""", new byte[32])
        );
        for (var i = 0; i < 20_000; i++)
        {
            var key = _bench.Keys.Hash(KeyPurpose.Credential, BitConverter.GetBytes(i));
            Assert.Null(tokens.Prove(Tokens.Plan, key, forged).Identity);
        }
        foreach (var (key, _) in good)
        {
            // Known by its hash alone: the text is not needed, so it was not pushed out.
            Assert.NotNull(tokens.Prove(Tokens.Plan, key, "no token"u8).Identity);
        }
    }

    [Fact]
    public void A_change_of_policy_has_every_token_verified_again()
    {
        var clock = _bench.Clock;
        var keySets = new JwksCache();
        var tokens = new VerifiedTokens(new TokenVerifier(_bench.Keys, clock, keySets), clock, keySets, 64);
        var text = System.Text.Encoding.ASCII.GetBytes(Tokens.Of("anna", Now.AddHours(1)));
        var key = _bench.Keys.Hash(KeyPurpose.Credential, text);
        Assert.NotNull(tokens.Prove(Tokens.Plan, key, text).Identity);
        var stricter = new IdentityPlan { Issuers = [Tokens.Plan.Issuers[0] with { Audiences = ["other"] }] };
        Assert.Null(tokens.Prove(stricter, key, text).Identity);
    }

    [Fact]
    public void A_known_token_costs_no_allocation()
    {
        var plan = Tokens.Plan with { Clients = [new ClientRule { Client = "mobile"u8.ToArray() }] };
        var bench = new IdentityBench(plan);
        var token = Tokens.Of("anna", bench.Time.GetUtcNow().AddHours(1), $",\"azp\":\"web\",\"x\":\"{new string('x', 500)}\"");
        var headers = new HeaderList();
        headers.Add("Authorization", $"Bearer {token}");
        var exchange = new Exchange();
        var guard = new IdentityGuard(bench.State);
        Assert.Equal(0, Allocation.OfARound(Once, times: 1000));
        Assert.Equal(Rung.Account, exchange.Caller!.Rung);

        void Once()
        {
            exchange.Reset();
            exchange.RequestHeaders = headers;
            exchange.ClientAddress = System.Net.IPAddress.Loopback;
            exchange.Policy = bench.Policy;
            exchange.StartedAt = bench.Clock.Now;
            guard.Read(exchange, Phase.RequestHead);
            guard.Judge(exchange, Phase.RequestHead);
        }
    }

    [Fact]
    public void New_identities_belong_to_the_pool_of_new_ones_until_they_are_old_enough()
    {
        var token = IdentityBench.Bearer(Tokens.Of("anna", Now.AddDays(90)));
        Assert.NotEqual(0UL, _bench.Ask(token).Pools & (1UL << BuiltInPools.New));
        _bench.Time.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0UL, _bench.Ask(token).Pools & (1UL << BuiltInPools.New));
    }

    [Fact]
    public void An_account_made_long_ago_by_its_providers_word_is_not_new()
    {
        var plan = new IdentityPlan { Issuers = [Tokens.Plan.Issuers[0] with { CreatedClaim = "created_at" }] };
        var bench = new IdentityBench(plan);
        var old = Tokens.Of("anna", Now.AddHours(1), $",\"created_at\":{Now.AddDays(-31).ToUnixTimeSeconds()}");
        var young = Tokens.Of("bert", Now.AddHours(1), $",\"created_at\":\"{Now.AddDays(-2):O}\"");
        Assert.Equal(0UL, bench.Ask(IdentityBench.Bearer(old)).Pools & (1UL << BuiltInPools.New));
        Assert.NotEqual(0UL, bench.Ask(IdentityBench.Bearer(young)).Pools & (1UL << BuiltInPools.New));
    }

    [Fact]
    public void Those_seen_in_the_founding_period_are_not_new_when_policy_says_so()
    {
        var bench = new IdentityBench(Tokens.Plan with { FoundingPeriod = TimeSpan.FromDays(1) });
        var founder = IdentityBench.Bearer(Tokens.Of("anna", Now.AddDays(9)));
        Assert.Equal(0UL, bench.Ask(founder).Pools & (1UL << BuiltInPools.New));
        bench.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(0UL, bench.Ask(founder).Pools & (1UL << BuiltInPools.New));
        Assert.NotEqual(0UL, bench.Ask(IdentityBench.Bearer(Tokens.Of("bert", Now.AddDays(9)))).Pools & (1UL << BuiltInPools.New));
    }
}
