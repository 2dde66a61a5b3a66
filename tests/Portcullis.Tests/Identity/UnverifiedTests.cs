using Portcullis.Core;
using Portcullis.Core.Admission;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Identity;

/// <summary>Credentials that only the upstream can judge, at a gate that nobody told how callers prove who they are.</summary>
public sealed class UnverifiedTests
{
    private const string Other = """{"accountId":"300000002","name":"Paul Baker","email":"paul.baker@post.example.com"}""";
    private const string Person = """{"accountId":"300000001","name":"Mary Miller","email":"mary.miller@post.example.com"}""";

    private static readonly IdentityPlan Counting = new() { Unverified = UnverifiedWord.Count };

    private static IdentityBench Learned(IdentityPlan plan, params Budget[] budgets) =>
        new(plan, AuthenticationWord.Learned, budgets);

    [Fact]
    public void Pass_and_are_counted_on_their_network()
    {
        var exchange = Learned(Counting).Exchange(200, Person, IdentityBench.Bearer("a"));

        Assert.False(exchange.IsRefused);
        Assert.True(exchange.IsAnonymous);
        Assert.Equal(Rung.Network, exchange.Caller?.Rung);
        Assert.NotEqual(0UL, exchange.Pools & (1UL << BuiltInPools.Anonymous));
    }

    [Fact]
    public void Share_one_pool_however_many_there_are()
    {
        var pool = new Budget
        {
            Name = "anonymous",
            Scope = BudgetScope.Pool,
            Pool = new Pool(BuiltInPools.Anonymous, "anonymous", null),
            Limit = 1,
            Window = TimeSpan.FromDays(1),
        };
        var bench = Learned(Counting, pool);
        bench.Exchange(200, Person, IdentityBench.Bearer("a"));

        Assert.True(bench.Exchange(200, Other, IdentityBench.Bearer("b")).IsRefused);
    }

    [Fact]
    public void Callers_without_any_are_refused_all_the_same()
    {
        var exchange = Learned(Counting).Exchange(200, Person);

        Assert.True(exchange.IsRefused);
        Assert.Same(AdmissionGuard.AnonymousPersonalData, exchange.Reason);
    }

    [Fact]
    public void Two_at_once_pass_although_neither_can_be_vouched_for() =>
        Assert.False(
            Learned(Counting).Exchange(200, Person, IdentityBench.Bearer("a"), ("X-Api-Key", "of-the-upstream")).IsRefused
        );

    [Fact]
    public void A_contract_that_asks_for_authentication_is_not_softened()
    {
        var bench = new IdentityBench(Counting, AuthenticationWord.Required);

        Assert.True(bench.Exchange(200, Person, IdentityBench.Bearer("a")).IsRefused);
    }

    [Fact]
    public void Are_refused_where_policy_says_so() =>
        Assert.True(Learned(new IdentityPlan()).Exchange(200, Person, IdentityBench.Bearer("a")).IsRefused);

    [Fact]
    public void Count_as_sessions_once_the_upstream_refuses_callers_without()
    {
        var bench = Learned(Counting);
        bench.Exchange(401, "{}");

        Assert.Equal(Rung.Session, bench.Exchange(200, Person, IdentityBench.Bearer("a")).Caller?.Rung);
    }

    [Fact]
    public void Become_no_identity_where_the_upstream_lets_strangers_in()
    {
        var bench = Learned(Counting);
        bench.Exchange(401, "{}", IdentityBench.Bearer("expired"));
        bench.Exchange(200, "{}");

        Assert.True(bench.Exchange(200, Person, IdentityBench.Bearer("invented")).IsAnonymous);
    }

    [Fact]
    public void A_cookie_nobody_named_is_no_open_door()
    {
        var bench = Learned(Counting);
        bench.Exchange(401, "{}");
        bench.Exchange(200, "{}", ("Cookie", "sid=1"));

        Assert.False(bench.Exchange(200, Person, IdentityBench.Bearer("a")).IsAnonymous);
    }

    [Fact]
    public void The_upstream_is_asked_once_what_it_says_to_nobody_in_particular()
    {
        var bench = Learned(Counting);
        bench.Exchange(200, Person, IdentityBench.Bearer("a"));

        var first = bench.Ask();
        Assert.False(first.IsRefused);
        bench.Answer(first, 401, "{}");

        Assert.True(bench.Ask().IsRefused);
    }

    [Fact]
    public void What_it_says_about_people_to_nobody_in_particular_stays_here()
    {
        var bench = Learned(Counting);
        bench.Exchange(200, Person, IdentityBench.Bearer("a"));

        Assert.True(bench.Exchange(200, Other).IsRefused);
        Assert.True(bench.Ask().IsRefused);
    }
}
