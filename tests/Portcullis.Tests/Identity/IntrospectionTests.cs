using System.Text;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Identity.Keys;
using Xunit;

namespace Portcullis.Tests.Identity;

public sealed class IntrospectionTests
{
    private const string Token = "opaque-token-of-ann";
    private const string Active = """{"active":true,"sub":"ann","client_id":"app","scope":"read write"}""";

    private static readonly IntrospectionPlan Introspection = new()
    {
        Url = new Uri("https://login.example.com/introspect"),
        ClientId = "gateway",
        ClientSecret = new SecretText("s3cret"),
        Issuer = new TokenIssuer { ClockSkew = TimeSpan.Zero },
    };

    private readonly Exchange _exchange = new();

    private static IdentityBench Bench(IntrospectionPlan? plan = null, params TokenIssuer[] issuers) =>
        new(new IdentityPlan { Introspection = plan ?? Introspection, Issuers = issuers });

    private Exchange Ask(IdentityBench bench, string? answer, string token = Token, IntrospectionPlan? plan = null)
    {
        var need = bench.Ask(_exchange, IdentityBench.Bearer(token));
        if (need is not null && answer is not null)
        {
            bench.State.Identity.Introspected.Store(plan ?? Introspection, need.Argument, Encoding.UTF8.GetBytes(answer));
            Assert.Null(bench.Ask(_exchange, IdentityBench.Bearer(token)));
        }
        return _exchange;
    }

    [Fact]
    public void Opaque_token_counts_for_the_account_its_issuer_names()
    {
        var bench = Bench();

        Ask(bench, Active);

        Assert.Equal(AccountKey.Of(bench.Keys, "", "ann"), _exchange.Caller!.Key);
        Assert.Equal("write"u8.ToArray(), _exchange.Identity!.Claims.Find("scope")[1].ToArray());
    }

    [Fact]
    public void Two_tokens_of_one_account_share_its_row()
    {
        var bench = Bench();
        var first = Ask(bench, Active).Caller;

        Assert.Same(first, Ask(bench, Active, "another-token").Caller);
    }

    [Fact]
    public void Question_carries_the_token_and_shows_it_to_nobody()
    {
        var need = Bench().Ask(_exchange, IdentityBench.Bearer(Token))!;

        Assert.Equal(Token, need.Secret!.Reveal());
        Assert.DoesNotContain(Token, need.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, need.Argument, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"active":false}""")]
    [InlineData("""{"active":false,"sub":"ann"}""")]
    public void Token_that_is_not_active_is_refused(string answer) =>
        Assert.Equal("identity/invalid-token", Ask(Bench(), answer).Reason!.Id);

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"sub":"ann"}""")]
    [InlineData("""{"active":"true","sub":"ann"}""")]
    [InlineData("""{"active":true,"active":false,"sub":"ann"}""")]
    [InlineData("""{"active":true,"sub":"ann","sub":"bob"}""")]
    public void Answer_that_is_none_proves_nothing(string answer) =>
        Assert.Equal("identity/issuer-unavailable", Ask(Bench(), answer).Reason!.Id);

    [Fact]
    public void Issuer_that_is_down_refuses_and_is_asked_again_after_a_rest()
    {
        var bench = Bench();
        var need = bench.Ask(_exchange, IdentityBench.Bearer(Token))!;
        bench.State.Identity.Introspected.Failed(Introspection, need.Argument);

        Assert.Null(bench.Ask(_exchange, IdentityBench.Bearer(Token)));
        Assert.Equal(503, _exchange.Reason!.Status);
        bench.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.NotNull(bench.Ask(_exchange, IdentityBench.Bearer(Token)));
    }

    [Fact]
    public void Answer_is_believed_for_the_policys_time_and_no_longer()
    {
        var bench = Bench();
        Ask(bench, Active);
        bench.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Null(bench.Ask(_exchange, IdentityBench.Bearer(Token)));

        bench.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.NotNull(bench.Ask(_exchange, IdentityBench.Bearer(Token)));
    }

    [Fact]
    public void Token_ends_when_its_issuer_said_it_would()
    {
        var bench = Bench();
        var end = bench.Time.GetUtcNow().ToUnixTimeSeconds() + 10;
        Ask(bench, $$"""{"active":true,"sub":"ann","exp":{{end}}}""");
        Assert.False(_exchange.IsRefused);
        bench.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("identity/expired-token", Ask(bench, null).Reason!.Id);
    }

    [Fact]
    public void Revocation_holds_at_once()
    {
        var bench = Bench();
        var account = Ask(bench, Active).Caller!.Key;

        bench.State.Revoke(new Revocation(account, bench.Clock.WallNow, long.MaxValue), "stolen");

        Assert.Equal("identity/revoked", Ask(bench, null).Reason!.Id);
    }

    [Fact]
    public void Token_for_another_audience_is_refused()
    {
        var plan = Introspection with { Issuer = new TokenIssuer { Audiences = ["accounts"] } };

        Assert.True(Ask(Bench(plan), """{"active":true,"sub":"ann","aud":"billing"}""", plan: plan).IsRefused);
    }

    [Fact]
    public void Token_that_names_no_account_draws_on_the_pool_of_new_ones()
    {
        Ask(Bench(), """{"active":true}""");

        Assert.NotEqual(0UL, _exchange.Pools & 1UL << BuiltInPools.New);
    }

    [Fact]
    public void Flood_of_invented_tokens_asks_so_often_a_minute_and_keeps_known_ones()
    {
        var bench = Bench();
        Ask(bench, Active);
        var asked = 0;
        for (var i = 0; i < 1000; i++)
        {
            asked += bench.Ask(_exchange, IdentityBench.Bearer($"invented-{i}")) is null ? 0 : 1;
        }

        Assert.Equal(IntrospectedTokens.MostQuestions - 1, asked);
        Assert.False(Ask(bench, null).IsRefused);
        Assert.NotNull(bench.Ask(_exchange, "203.0.113.9", IdentityBench.Bearer("from-elsewhere")));
    }

    [Fact]
    public void Service_token_with_many_end_users_is_no_person()
    {
        var plan = Introspection with
        {
            Issuer = new TokenIssuer { Sharing = KeySharing.BackEnd, EndUserHeader = "X-User" },
        };
        var bench = Bench(plan);
        Ask(bench, Active, plan: plan);
        bench.Ask(_exchange, IdentityBench.Bearer(Token), ("X-User", "bob"));

        Assert.Equal(AccountKey.Of(bench.Keys, "", "bob"), _exchange.Rungs[0]!.Key);
        Assert.True(_exchange.Rungs[1]!.IsShared);
    }
}
