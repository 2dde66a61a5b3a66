using System.Collections.Frozen;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Portcullis.Tests.Identity;

namespace Portcullis.Tests.Exposure;

/// <summary>Whoever is over budget learns no more of who exists than of what they are.</summary>
public sealed class ConcealmentTests
{
    private static readonly IdentityPlan Sessions = new()
    {
        SessionCookies = ["sid"],
        VouchedBy = new[] { IdentityBench.ReadAccount }.ToFrozenSet(),
    };

    private static readonly (string, string) Caller = ("Cookie", "sid=anna");

    private static Budget PerDay(int limit, OverBudgetWord over = OverBudgetWord.Clip) =>
        new()
        {
            Name = "day",
            Scope = BudgetScope.Caller,
            Limit = limit,
            Window = TimeSpan.FromDays(1),
            Over = over,
        };

    private static string Person(int number) =>
        $$"""{"accountId":"30000000{{number}}","name":"Mary Miller","email":"mary.miller{{number}}@post.example.com"}""";

    private static IdentityBench AfterTwoPeople(Budget budget)
    {
        var bench = new IdentityBench(Sessions, budgets: [budget]);
        Assert.False(bench.Exchange(200, Person(1), Caller).IsRefused);
        Assert.False(bench.Exchange(200, Person(2), Caller).IsRefused);
        return bench;
    }

    [Theory]
    [InlineData(404, "{\"error\":\"not found\"}")]
    [InlineData(403, "{\"error\":\"not yours\"}")]
    [InlineData(400, "{}")]
    [InlineData(204, "")]
    [InlineData(200, "[]")]
    [InlineData(200, "{\"items\":[]}")]
    public void Over_budget_nobody_is_answered_like_somebody(int status, string nobody)
    {
        var bench = AfterTwoPeople(PerDay(2));

        var somebody = bench.Exchange(200, Person(3), Caller);
        var missed = bench.Exchange(status, nobody, Caller);

        Assert.True(somebody.IsRefused);
        Assert.True(missed.IsRefused);
        Assert.Same(somebody.Reason, missed.Reason);
        Assert.Equal(somebody.RetryAfterSeconds, missed.RetryAfterSeconds);
    }

    [Fact]
    public void Below_budget_not_found_is_said() => Assert.False(AfterTwoPeople(PerDay(3)).Exchange(404, "{}", Caller).IsRefused);

    [Fact]
    public void Over_budget_people_already_released_still_pass() =>
        Assert.False(AfterTwoPeople(PerDay(2)).Exchange(200, Person(1), Caller).IsRefused);

    [Theory]
    [InlineData(401)]
    [InlineData(503)]
    public void Over_budget_what_tells_nothing_of_people_still_passes(int status) =>
        Assert.False(AfterTwoPeople(PerDay(2)).Exchange(status, "{}", Caller).IsRefused);

    [Fact]
    public void Not_found_is_said_again_when_room_returns()
    {
        var bench = AfterTwoPeople(PerDay(2));
        bench.Time.Advance(TimeSpan.FromHours(23));
        bench.Exchange(404, "{}", Caller);
        bench.Time.Advance(TimeSpan.FromHours(2));

        Assert.False(bench.Exchange(404, "{}", Caller).IsRefused);
    }

    [Fact]
    public void A_budget_that_masks_shows_that_somebody_exists_by_its_word() =>
        Assert.False(AfterTwoPeople(PerDay(2, OverBudgetWord.Mask)).Exchange(404, "{}", Caller).IsRefused);

    [Fact]
    public void An_exhausted_anonymous_pool_asks_for_a_token_also_where_nobody_is()
    {
        var pool = new Budget
        {
            Name = "anonymous",
            Scope = BudgetScope.Pool,
            Pool = new Pool(BuiltInPools.Anonymous, "anonymous", null),
            Limit = 1,
            Window = TimeSpan.FromHours(1),
            Over = OverBudgetWord.Token,
        };
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [pool]);
        bench.Exchange(200, Person(1));

        var missed = bench.Exchange(404, "{}");

        Assert.Same(BudgetReasons.TokenRequired, missed.Reason);
        Assert.True(missed.IsRefused);
    }

    [Fact]
    public void Misses_of_strangers_take_no_memory()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [PerDay(2)]);
        bench.Exchange(200, Person(1));
        var before = bench.State.Callers.Count;

        var exchange = new Exchange();
        bench.Ask(exchange, "203.0.113.9");
        bench.Answer(exchange, 404, "{}");

        Assert.Equal(before, bench.State.Callers.Count);
    }

    [Fact]
    public void A_network_over_budget_learns_no_more_either()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [PerDay(1)]);
        bench.Exchange(200, Person(1));

        Assert.True(bench.Exchange(404, "{}").IsRefused);
    }
}
