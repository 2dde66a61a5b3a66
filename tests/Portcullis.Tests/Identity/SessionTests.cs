using System.Collections.Frozen;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

public sealed class SessionTests
{
    private static readonly IdentityPlan Plan = new() { SessionCookies = ["sid"] };

    private static readonly IdentityPlan Vouching = Plan with { VouchedBy = new[] { IdentityBench.ReadAccount }.ToFrozenSet() };

    private static (string, string) Cookie(string value) => ("Cookie", $"theme=dark; sid={value}");

    [Fact]
    public void A_cookie_counts_from_the_answer_that_accepts_it()
    {
        var bench = new IdentityBench(Vouching);
        var first = bench.Ask(Cookie("abc"));
        Assert.True(first.IsAnonymous);
        Assert.True(first.IsCredentialPending);
        Assert.False(first.IsRefused);
        bench.Answer(first, 200, "{}");
        Assert.Equal(Rung.Session, first.Caller?.Rung);
        Assert.NotEqual(0UL, first.Pools & (1UL << BuiltInPools.New));
        Assert.Same(first.Caller, bench.Ask(Cookie("abc")).Caller);
        Assert.True(bench.Ask(Cookie("other")).IsAnonymous);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    public void A_cookie_does_not_count_when_the_answer_is_not_its_acceptance(int status)
    {
        var bench = new IdentityBench(Vouching);
        bench.Exchange(status, "{}", Cookie("abc"));
        Assert.True(bench.Ask(Cookie("abc")).IsAnonymous);
    }

    [Fact]
    public void An_operation_whose_control_failed_makes_no_identities_of_invented_cookies()
    {
        var bench = new IdentityBench(Plan);
        for (var i = 0; i < 100; i++)
        {
            var exchange = bench.Exchange(200, "{}", Cookie($"junk{i}"));
            Assert.True(exchange.IsAnonymous);
        }
        Assert.Equal(0, bench.State.Callers.Count);
    }

    [Fact]
    public void A_required_operation_vouches_once_the_upstream_was_seen_to_refuse()
    {
        var bench = new IdentityBench(Plan);
        bench.Exchange(401, "{}", Cookie("junk"));
        bench.Exchange(200, "{}", Cookie("good"));
        Assert.False(bench.Ask(Cookie("good")).IsAnonymous);
        Assert.True(bench.Ask(Cookie("junk")).IsAnonymous);
    }

    [Fact]
    public void Junk_that_rides_on_a_good_cookie_becomes_no_identity()
    {
        var bench = new IdentityBench(Vouching);
        for (var i = 0; i < 100; i++)
        {
            bench.Exchange(200, "{}", Cookie("good"), ("Authorization", $"Bearer junk{i}"));
            bench.Exchange(200, "{}", ("Cookie", $"sid=good; sid=junk{i}"));
            bench.Exchange(200, "{}", Cookie("good"), ("X-Api-Key", $"junk{i}"));
        }
        Assert.Equal(0, bench.State.Callers.Count);
        bench.Exchange(200, "{}", Cookie("good"));
        for (var i = 0; i < 100; i++)
        {
            var exchange = bench.Exchange(200, "{}", Cookie("good"), ("Authorization", $"Bearer junk{i}"));
            Assert.Equal(Rung.Session, exchange.Caller?.Rung);
        }
        Assert.Equal(1, bench.State.Callers.Count);
    }

    [Fact]
    public void A_session_ends_when_the_upstream_refuses_it()
    {
        var bench = new IdentityBench(Vouching);
        bench.Exchange(200, "{}", Cookie("abc"));
        bench.Exchange(401, "{}", Cookie("abc"));
        Assert.True(bench.Ask(Cookie("abc")).IsAnonymous);
    }

    [Fact]
    public void A_session_ends_when_it_was_silent_for_its_lifetime()
    {
        var bench = new IdentityBench(Vouching);
        bench.Exchange(200, "{}", Cookie("abc"));
        bench.Time.Advance(TimeSpan.FromHours(23));
        bench.Exchange(200, "{}", Cookie("abc"));
        bench.Time.Advance(TimeSpan.FromHours(23));
        Assert.False(bench.Ask(Cookie("abc")).IsAnonymous);
        bench.Time.Advance(TimeSpan.FromHours(1));
        Assert.True(bench.Ask(Cookie("abc")).IsAnonymous);
    }

    [Fact]
    public void Without_issuers_a_bearer_token_waits_for_the_upstreams_word()
    {
        var bench = new IdentityBench(new IdentityPlan { VouchedBy = Vouching.VouchedBy });
        bench.Exchange(200, "{}", IdentityBench.Bearer("opaque"));
        Assert.False(bench.Ask(IdentityBench.Bearer("opaque")).IsAnonymous);
        Assert.True(bench.Ask(IdentityBench.Bearer("opaque2")).IsAnonymous);
    }

    [Fact]
    public void A_login_reply_gives_both_sessions_one_account()
    {
        var rule = new AccountRule
        {
            Operation = IdentityBench.ReadAccount,
            AccountField = ["user"u8.ToArray(), "id"u8.ToArray()],
        };
        var bench = new IdentityBench(Plan with { Accounts = [rule] }, AuthenticationWord.Public);
        bench.Exchange(200, """{"access_token":"one","user":{"id":42}}""");
        bench.Exchange(200, """{"access_token":"two","user":{"id":42}}""");
        var first = bench.Ask(IdentityBench.Bearer("one"));
        var second = bench.Ask(IdentityBench.Bearer("two"));
        Assert.Equal(Rung.Account, first.Caller?.Rung);
        Assert.Same(first.Caller, second.Caller);
        Assert.Equal(AccountKey.Of(bench.Keys, "", "42"), first.Caller!.Key);
    }

    [Fact]
    public void A_login_with_an_old_cookie_attached_does_not_move_that_cookie()
    {
        var rule = new AccountRule { Operation = IdentityBench.ReadAccount, AccountField = ["id"u8.ToArray()] };
        var bench = new IdentityBench(Plan with { Accounts = [rule] }, AuthenticationWord.Public);
        var login = bench.Ask();
        bench.Answer(login, 200, """{"id":"anna"}""", ("Set-Cookie", "sid=a1; Path=/; HttpOnly"));
        var relogin = bench.Ask(Cookie("a1"));
        bench.Answer(relogin, 200, """{"id":"bert"}""", ("Set-Cookie", "sid=b1; Path=/"));
        Assert.Equal(AccountKey.Of(bench.Keys, "", "anna"), bench.Ask(Cookie("a1")).Caller!.Key);
        Assert.Equal(AccountKey.Of(bench.Keys, "", "bert"), bench.Ask(Cookie("b1")).Caller!.Key);
    }

    [Fact]
    public void A_refresh_reply_hands_the_account_on()
    {
        var rule = new AccountRule { Operation = IdentityBench.ReadAccount, AccountField = ["id"u8.ToArray()] };
        var bench = new IdentityBench(Plan with { Accounts = [rule] }, AuthenticationWord.Public);
        bench.Exchange(200, """{"access_token":"one","id":"anna"}""");
        bench.Exchange(200, """{"access_token":"two"}""", IdentityBench.Bearer("one"));
        Assert.Equal(AccountKey.Of(bench.Keys, "", "anna"), bench.Ask(IdentityBench.Bearer("two")).Caller!.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"id":"a","id":"b","access_token":"t"}""")]
    [InlineData("""{"id":{"x":1},"access_token":"t"}""")]
    [InlineData("""{"access_token":"t","id":["a"]}""")]
    [InlineData("""{"access_token":"t","id":""")]
    [InlineData("""{"access_token":"t","id":"\ud800"}""")]
    public void A_reply_that_names_no_account_teaches_nothing(string body)
    {
        var rule = new AccountRule { Operation = IdentityBench.ReadAccount, AccountField = ["id"u8.ToArray()] };
        var bench = new IdentityBench(Plan with { Accounts = [rule] }, AuthenticationWord.Public);
        bench.Exchange(200, body);
        Assert.True(bench.Ask(IdentityBench.Bearer("t")).IsAnonymous);
    }

    [Fact]
    public void Neither_token_nor_account_reaches_the_journal_in_the_clear()
    {
        var rule = new AccountRule { Operation = IdentityBench.ReadAccount, AccountField = ["id"u8.ToArray()] };
        var bench = new IdentityBench(Plan with { Accounts = [rule] }, AuthenticationWord.Public);
        bench.Exchange(200, """{"access_token":"very-secret","id":"anna@example.com"}""");
        var written = Encoding.UTF8.GetString(bench.Journal.All);
        Assert.Contains("account", written, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", written, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", written, StringComparison.Ordinal);
    }
}
