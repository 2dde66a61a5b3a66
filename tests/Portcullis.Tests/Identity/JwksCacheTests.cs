using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

public sealed class JwksCacheTests : IDisposable
{
    private const string Source = "https://login.example.com/keys";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly IdentityBench _bench = new(
        new IdentityPlan { Issuers = [new TokenIssuer { Issuer = Tokens.Issuer, JwksUrl = new Uri(Source) }] }
    );

    private JwksCache Cache => _bench.State.Identity.KeySets;

    public void Dispose() => _key.Dispose();

    [Fact]
    public void A_missing_key_set_is_fetched_before_anything_is_judged()
    {
        var exchange = new Exchange();
        var need = _bench.Ask(exchange, Good("a"));
        Assert.Equal("jwks", need?.Kind);
        Assert.Equal(Source, need?.Argument);
        Assert.Equal(0, exchange.RungCount);
        Cache.Store(Source, Set("a"), _bench.Clock.Now);
        Assert.Null(_bench.Gate.Run(exchange, Phase.RequestHead));
        Assert.False(exchange.IsAnonymous);
    }

    [Fact]
    public void Providers_that_no_policy_names_any_more_make_room()
    {
        for (var i = 0; i < 2 * JwksCache.MaxSets; i++)
        {
            Cache.Failed($"https://provider{i}.example/keys", _bench.Clock.Now);
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(Cache.Store(Source, Set("a"), _bench.Clock.Now));

        Assert.False(_bench.Ask(Good("a")).IsAnonymous);
    }

    [Fact]
    public void A_provider_that_is_down_refuses_and_is_left_alone_for_a_while()
    {
        Assert.NotNull(_bench.Ask(new Exchange(), Good("a")));
        Cache.Failed(Source, _bench.Clock.Now);
        Assert.Equal("identity/keys-unavailable", _bench.Ask(Good("a")).Reason?.Id);
        _bench.Time.Advance(Cache.Interval);
        Assert.NotNull(_bench.Ask(new Exchange(), Good("a")));
    }

    [Fact]
    public void Known_keys_serve_for_a_day_while_the_provider_is_down()
    {
        Cache.Store(Source, Set("a"), _bench.Clock.Now);
        _bench.Time.Advance(TimeSpan.FromHours(23));
        Assert.NotNull(_bench.Ask(new Exchange(), Good("a")));
        // The one that asks waits; everybody else is served by the old keys meanwhile.
        Assert.False(_bench.Ask(Good("a")).IsAnonymous);
        Cache.Failed(Source, _bench.Clock.Now);
        Assert.False(_bench.Ask(Good("a")).IsAnonymous);
        _bench.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(_bench.Ask(new Exchange(), Good("a")));
        Cache.Failed(Source, _bench.Clock.Now);
        Assert.Equal("identity/keys-unavailable", _bench.Ask(Good("a")).Reason?.Id);
    }

    [Fact]
    public void A_flood_of_unknown_key_ids_asks_the_provider_once_per_interval()
    {
        Cache.Store(Source, Set("a"), _bench.Clock.Now);
        var asked = 0;
        for (var i = 0; i < 1000; i++)
        {
            var exchange = new Exchange();
            if (_bench.Ask(exchange, Good($"junk{i}")) is not null)
            {
                asked++;
                Cache.Store(Source, Set("a"), _bench.Clock.Now);
            }
            _bench.Time.Advance(TimeSpan.FromMilliseconds(60));
        }
        Assert.InRange(asked, 1, 2);
    }

    [Fact]
    public void A_rotated_key_is_found_by_fetching_again()
    {
        Cache.Store(Source, Set("a"), _bench.Clock.Now);
        _bench.Time.Advance(Cache.Interval);
        var exchange = new Exchange();
        Assert.NotNull(_bench.Ask(exchange, Good("b")));
        Cache.Store(Source, Set("b"), _bench.Clock.Now);
        Assert.Null(_bench.Gate.Run(exchange, Phase.RequestHead));
        Assert.False(exchange.IsAnonymous);
        // What the old key signed is no longer good, although it was verified before.
        Assert.True(_bench.Ask(Good("a")).IsAnonymous);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("""{"keys":[]}""")]
    [InlineData(
        """{"keys":[{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}]}"""
    )]
    [InlineData("""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":5}""")]
    public void An_answer_that_holds_no_usable_key_leaves_the_known_ones(string answer)
    {
        Cache.Store(Source, Set("a"), _bench.Clock.Now);
        Assert.False(Cache.Store(Source, answer, _bench.Clock.Now));
        Assert.False(_bench.Ask(Good("a")).IsAnonymous);
    }

    private (string, string) Good(string keyId)
    {
        var payload =
            $$"""{"iss":"{{Tokens.Issuer}}","sub":"anna","exp":{{_bench.Time.GetUtcNow().AddDays(3).ToUnixTimeSeconds()}}}""";
        var signed = $"{Tokens.Encode($$"""{"alg":"ES256","kid":"{{keyId}}"}""")}.{Tokens.Encode(payload)}";
        var signature = _key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return IdentityBench.Bearer($"{signed}.{Base64Url.EncodeToString(signature)}");
    }

    private string Set(string keyId)
    {
        var point = _key.ExportParameters(false).Q;
        var x = Base64Url.EncodeToString(point.X);
        var y = Base64Url.EncodeToString(point.Y);
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","kid":"{{keyId}}","x":"{{x}}","y":"{{y}}"}]}""";
    }
}
