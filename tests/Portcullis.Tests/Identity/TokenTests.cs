using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

public sealed class TokenTests
{
    private readonly IdentityBench _bench = new(Tokens.Plan);

    private DateTimeOffset Now => _bench.Time.GetUtcNow();

    private static string Payload(long exp, string more = "") =>
        $$"""{"iss":"{{Tokens.Issuer}}","aud":"api","sub":"anna","exp":{{exp}}{{more}}}""";

    private long Later => Now.AddHours(1).ToUnixTimeSeconds();

    [Fact]
    public void A_good_token_names_its_account()
    {
        var exchange = _bench.Ask(IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(1))));
        Assert.False(exchange.IsRefused);
        Assert.False(exchange.IsAnonymous);
        Assert.Equal(Rung.Account, exchange.Caller!.Rung);
        Assert.Equal(AccountKey.Of(_bench.Keys, "", "anna"), exchange.Caller.Key);
        Assert.Equal("anna", Encoding.UTF8.GetString(exchange.Identity!.Claims.ValueOf("sub")));
    }

    [Fact]
    public void Two_tokens_of_one_account_share_one_row()
    {
        var first = _bench.Ask(IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(1))));
        var second = _bench.Ask(IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(2))));
        Assert.Same(first.Caller, second.Caller);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":""}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    [InlineData("""{"alg":"HS256","b64":false,"crit":["b64"]}""")]
    [InlineData("""{"alg":"HS256","zip":"DEF"}""")]
    [InlineData("""{"alg":"HS256","typ":"logout+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"dpop+jwt"}""")]
    [InlineData("""{"alg":["HS256"]}""")]
    [InlineData("""{"alg":"HS256","kid":5}""")]
    [InlineData("""{"alg":"HS256"} {}""")]
    [InlineData("""["HS256"]""")]
    [InlineData("")]
    public void Refuses_a_header_that_says_more_or_less_than_it_should(string header)
    {
        var exchange = _bench.Ask(IdentityBench.Bearer(Tokens.Signed(header, Payload(Later))));
        Assert.Equal("identity/invalid-token", exchange.Reason?.Id);
        Assert.True(exchange.IsAnonymous);
        Assert.Equal(401, exchange.Reason!.Status);
    }

    [Theory]
    [InlineData(""","sub":"bert" """)]
    [InlineData(""","a":{"b":1,"b":2}""")]
    [InlineData(""","a":{"b":1},"a.b":2""")]
    [InlineData(""","x":[[[[[[[[[[1]]]]]]]]]]""")]
    [InlineData(""","x":"\ud800" """)]
    public void Refuses_a_payload_that_can_be_read_in_two_ways(string more)
    {
        var token = Tokens.Signed("""{"alg":"HS256"}""", Payload(Later, more));
        Assert.Equal("identity/invalid-token", _bench.Ask(IdentityBench.Bearer(token)).Reason?.Id);
    }

    [Theory]
    [InlineData("https://evil.example.com/", "api")]
    [InlineData("https://login.example.com", "api")]
    [InlineData(Tokens.Issuer, "other")]
    public void Refuses_another_issuer_or_audience(string issuer, string audience)
    {
        var payload = $$"""{"iss":"{{issuer}}","aud":"{{audience}}","sub":"anna","exp":{{Later}}}""";
        var token = Tokens.Signed("""{"alg":"HS256"}""", payload);
        Assert.Equal("identity/invalid-token", _bench.Ask(IdentityBench.Bearer(token)).Reason?.Id);
    }

    [Fact]
    public void Accepts_one_of_several_audiences()
    {
        var payload = $$"""{"iss":"{{Tokens.Issuer}}","aud":["web","api"],"sub":"anna","exp":{{Later}}}""";
        Assert.False(_bench.Ask(IdentityBench.Bearer(Tokens.Signed("""{"alg":"HS256"}""", payload))).IsAnonymous);
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","exp":"soon" """)]
    [InlineData(""","exp":-1""")]
    [InlineData(""","exp":1e400""")]
    [InlineData(""","exp":[1]""")]
    public void Refuses_a_token_without_a_readable_end(string exp)
    {
        var token = Tokens.Signed("""{"alg":"HS256"}""", $$"""{"iss":"{{Tokens.Issuer}}","aud":"api","sub":"anna"{{exp}}}""");
        Assert.Equal("identity/expired-token", _bench.Ask(IdentityBench.Bearer(token)).Reason?.Id);
    }

    [Fact]
    public void Refuses_a_token_before_its_time()
    {
        var notBefore = Now.AddSeconds(1).ToUnixTimeSeconds();
        var token = Tokens.Of("anna", Now.AddHours(1), $",\"nbf\":{notBefore}");
        Assert.Equal("identity/expired-token", _bench.Ask(IdentityBench.Bearer(token)).Reason?.Id);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_bench.Ask(IdentityBench.Bearer(token)).IsRefused);
    }

    [Fact]
    public void A_known_token_ends_on_the_second()
    {
        var token = Tokens.Of("anna", Now.AddMinutes(5));
        Assert.False(_bench.Ask(IdentityBench.Bearer(token)).IsAnonymous);
        _bench.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.False(_bench.Ask(IdentityBench.Bearer(token)).IsAnonymous);
        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("identity/expired-token", _bench.Ask(IdentityBench.Bearer(token)).Reason?.Id);
    }

    [Fact]
    public void Refuses_a_token_over_16_KiB()
    {
        var token = Tokens.Of("anna", Now.AddHours(1), $",\"x\":\"{new string('x', 13_000)}\"");
        Assert.True(token.Length > 16 * 1024);
        Assert.Equal("identity/invalid-token", _bench.Ask(IdentityBench.Bearer(token)).Reason?.Id);
    }

    [Theory]
    [InlineData("=")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("é")]
    [InlineData("A")]
    public void Refuses_a_token_with_anything_added(string added)
    {
        var token = Tokens.Of("anna", Now.AddHours(1));
        var exchange = _bench.Ask(IdentityBench.Bearer(token + added + (added == " " ? "x" : "")));
        Assert.Equal("identity/invalid-token", exchange.Reason?.Id);
    }

    [Fact]
    public void One_signature_has_one_spelling()
    {
        // The last character of 43 carries two bits that decoders ignore.
        var token = Tokens.Of("anna", Now.AddHours(1));
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var twin = token[..^1] + alphabet[alphabet.IndexOf(token[^1], StringComparison.Ordinal) | 1];
        Assert.NotEqual(token, twin);
        Assert.Equal("identity/invalid-token", _bench.Ask(IdentityBench.Bearer(twin)).Reason?.Id);
    }

    [Fact]
    public void A_public_key_never_serves_as_a_secret()
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportSubjectPublicKeyInfoPem();
        var plan = new IdentityPlan { Issuers = [new TokenIssuer { Issuer = Tokens.Issuer, Keys = TokenKeys.FromPem(pem) }] };
        var bench = new IdentityBench(plan);
        var forged = Tokens.Signed("""{"alg":"HS256"}""", Payload(Later), Encoding.UTF8.GetBytes(pem));
        Assert.Equal("identity/invalid-token", bench.Ask(IdentityBench.Bearer(forged)).Reason?.Id);

        var signed = $"{Tokens.Encode("""{"alg":"RS256"}""")}.{Tokens.Encode(Payload(Later))}";
        var signature = rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var good = $"{signed}.{Base64Url.EncodeToString(signature)}";
        Assert.False(bench.Ask(IdentityBench.Bearer(good)).IsAnonymous);
    }

    [Fact]
    public void An_expired_token_does_not_keep_its_owner_from_signing_in_again()
    {
        var bench = new IdentityBench(Tokens.Plan, AuthenticationWord.Public);
        var exchange = bench.Ask(IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(-1))));
        Assert.False(exchange.IsRefused);
        Assert.True(exchange.IsAnonymous);
    }

    [Fact]
    public void Policy_may_treat_an_invalid_token_as_none()
    {
        var bench = new IdentityBench(Tokens.Plan with { Invalid = InvalidWord.Anonymous }, AuthenticationWord.Learned);
        var exchange = bench.Ask(IdentityBench.Bearer(Tokens.Of("anna", Now.AddHours(-1))));
        Assert.False(exchange.IsRefused);
        Assert.True(exchange.IsAnonymous);
        Assert.NotEqual(0UL, exchange.Pools & (1UL << BuiltInPools.Anonymous));
    }

    [Fact]
    public void Claims_become_values()
    {
        var token = Tokens.Of(
            "anna",
            Now.AddHours(1),
            ""","scope":"read write","roles":["a","b"],"n":5,"realm_access":{"roles":["x"]},"f":true"""
        );
        var claims = _bench.Ask(IdentityBench.Bearer(token)).Identity!.Claims;
        Assert.Equal(["read", "write"], Values(claims, "scope"));
        Assert.Equal(["a", "b"], Values(claims, "roles"));
        Assert.Equal(["5"], Values(claims, "n"));
        Assert.Equal(["x"], Values(claims, "realm_access.roles"));
        Assert.Equal(["true"], Values(claims, "f"));
        Assert.True(claims.Has("realm_access"u8));
        Assert.Empty(Values(claims, "realm_access"));
        Assert.False(claims.Has("role"u8));
    }

    private static List<string> Values(ClaimSet claims, string name)
    {
        var values = claims.Find(name);
        var texts = new List<string>();
        for (var i = 0; i < values.Count; i++)
        {
            texts.Add(Encoding.UTF8.GetString(values[i]));
        }
        return texts;
    }
}
