using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Exposure;

public sealed class BudgetTests
{
    private const ulong Partners = 1UL << BuiltInPools.FirstDeclared;

    private static Budget PerDay(int limit, OverBudgetWord over = OverBudgetWord.Clip) =>
        new()
        {
            Name = "day",
            Scope = BudgetScope.Caller,
            Limit = limit,
            Window = TimeSpan.FromDays(1),
            Over = over,
        };

    [Fact]
    public void Refuses_the_sixth_customer_of_the_day_and_still_shows_the_first_five()
    {
        var bench = new GateBench(PerDay(5));
        var agent = bench.Account("agent");
        for (var customer = 1; customer <= 5; customer++)
        {
            Assert.False(bench.Release(agent, 0, customer).IsRefused);
        }

        Assert.True(bench.Release(agent, 0, 6).IsRefused);
        Assert.False(bench.Release(agent, 0, 3).IsRefused);
    }

    [Fact]
    public void Caller_over_budget_still_sees_the_own_record_and_no_other()
    {
        var bench = new GateBench(PerDay(2));
        var agent = bench.Account("agent");
        bench.Release(agent, 0, 1, 2);
        bench.Claims = ClaimSet.Of([new("sub", ["4711"u8.ToArray()])]);
        var own = SubjectKeys.Subject(bench.State.Keys, SubjectKeys.PlainId, "4711"u8);
        var other = SubjectKeys.Subject(bench.State.Keys, SubjectKeys.PlainId, "4712"u8);

        Assert.False(bench.Release(null, agent, 0, own).IsRefused);
        Assert.True(bench.Release(null, agent, 0, other).IsRefused);
    }

    [Fact]
    public void Room_returns_when_releases_leave_the_window()
    {
        var bench = new GateBench(PerDay(2));
        var agent = bench.Account("agent");
        bench.Release(agent, 0, 1, 2);
        Assert.True(bench.Release(agent, 0, 3).IsRefused);

        bench.Time.Advance(TimeSpan.FromHours(25));

        Assert.False(bench.Release(agent, 0, 3).IsRefused);
    }

    [Fact]
    public void List_loses_exactly_the_items_that_do_not_fit()
    {
        var bench = new GateBench(PerDay(5));

        var exchange = bench.Release(bench.Account("agent"), 0, 1, 2, 3, 4, 5, 6, 7, 8);

        Assert.Equal(VerdictKind.Clip, exchange.Verdict);
        Assert.Equal(5, GateBench.Released(exchange));
    }

    [Fact]
    public void One_subject_many_times_in_a_list_is_one()
    {
        var bench = new GateBench(PerDay(2));

        Assert.Equal(VerdictKind.Allow, bench.Release(bench.Account("agent"), 0, 7, 7, 7, 8, 7, 8).Verdict);
    }

    [Fact]
    public void Item_that_one_budget_refuses_uses_up_none_of_the_others()
    {
        var pool = new Budget
        {
            Name = "pool",
            Scope = BudgetScope.Pool,
            Limit = 100,
            Window = TimeSpan.FromDays(1),
        };
        var bench = new GateBench(PerDay(1), pool);
        bench.Release(bench.Account("a"), 0, 1);

        bench.Release(bench.Account("a"), 0, 2);

        var used = bench.State.Inspect(pools => pools["*"].Exposure.Find("*")!.Count);
        Assert.Equal(1, used);
    }

    [Fact]
    public void Changed_limit_does_not_refund_what_was_used()
    {
        var bench = new GateBench(PerDay(5));
        var agent = bench.Account("agent");
        bench.Release(agent, 0, 1, 2, 3, 4, 5);
        bench.State.Use(
            new PolicySnapshot
            {
                Mode = Mode.Enforce,
                Budgets = [PerDay(6)],
                UpstreamsByHost = bench.State.Policy.UpstreamsByHost,
            }
        );

        Assert.False(bench.Release(agent, 0, 6).IsRefused);
        Assert.True(bench.Release(agent, 0, 7).IsRefused);
    }

    [Fact]
    public void Monitor_mode_charges_everything_and_says_what_it_would_have_refused()
    {
        var bench = new GateBench(Mode.Monitor, PerDay(2));
        var exchange = bench.Release(bench.Account("agent"), 0, 1, 2, 3);

        Assert.Equal(VerdictKind.Clip, exchange.Verdict);
        Assert.Equal(VerdictKind.Allow, exchange.Effective);
        Assert.Equal(3, GateBench.Released(exchange));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Clock_stepped_by_a_day_neither_refunds_nor_expires(int days)
    {
        var bench = new GateBench(PerDay(1));
        var agent = bench.Account("agent");
        bench.Release(agent, 0, 1);

        bench.Time.Step = TimeSpan.FromDays(days);
        bench.Time.Advance(TimeSpan.FromHours(23));
        Assert.True(bench.Release(agent, 0, 2).IsRefused);

        bench.Time.Advance(TimeSpan.FromHours(3));
        Assert.False(bench.Release(agent, 0, 2).IsRefused);
    }

    [Fact]
    public void Sixty_four_threads_on_one_pool_release_exactly_its_budget()
    {
        var budget = new Budget
        {
            Name = "partners",
            Scope = BudgetScope.Pool,
            Limit = 500,
            Window = TimeSpan.FromDays(1),
        };
        var bench = new GateBench(budget);
        var released = 0;
        var threads = Enumerable
            .Range(0, 64)
            .Select(worker => new Thread(() =>
            {
                var caller = bench.Account($"caller-{worker}");
                for (var i = 0; i < 200; i++)
                {
                    Interlocked.Add(ref released, GateBench.Released(bench.Release(caller, Partners, (worker * 1000) + i)));
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(500, released);
    }

    [Fact]
    public void Signed_in_callers_of_an_exhausted_pool_are_not_asked_for_a_token()
    {
        var bench = new GateBench(PerDay(1, OverBudgetWord.Token));
        var caller = bench.Account("nobody");
        bench.Release(caller, 0, 1);

        var exchange = bench.Release(caller, 0, 2);

        Assert.Equal(429, exchange.Reason!.Status);
    }

    [Fact]
    public void Masked_over_budget_still_counts_nothing_for_the_masked()
    {
        var bench = new GateBench(PerDay(1, OverBudgetWord.Mask));
        var caller = bench.Account("agent");

        var exchange = bench.Release(caller, 0, 1, 2);

        Assert.Equal(VerdictKind.Mask, exchange.Verdict);
        Assert.Equal(ItemOutcome.Masked, exchange.Items[1].Outcome);
        Assert.Equal(1, caller.Exposure!.Find("*")!.Count);
    }

    [Fact]
    public void Restriction_set_after_the_head_was_judged_still_stops_the_answer()
    {
        var bench = new GateBench();
        var caller = bench.Account("agent");
        bench.State.Restrict(new Restriction(caller.Key, "stolen", long.MaxValue));

        Assert.True(bench.Release(caller, 0, 1).IsRefused);
    }

    [Fact]
    public void Journal_that_cannot_be_written_refuses_and_refunds_nothing()
    {
        var bench = new GateBench(PerDay(1));
        var caller = bench.Account("agent");
        bench.Journal.IsFull = true;
        Assert.True(bench.Release(caller, 0, 1).IsRefused);
        bench.Journal.IsFull = false;

        Assert.True(bench.Release(caller, 0, 2).IsRefused);
    }

    [Fact]
    public void Answer_refused_as_a_whole_uses_up_nothing()
    {
        var bench = new GateBench(PerDay(3, OverBudgetWord.Refuse));
        var agent = bench.Account("agent");
        Assert.True(bench.Release(agent, 0, 1, 2, 3, 4).IsRefused);

        Assert.False(bench.Release(agent, 0, 5, 6, 7).IsRefused);
    }

    [Fact]
    public void Large_budget_is_exact_to_its_last_record()
    {
        var bench = new GateBench(PerDay(20_000));
        var partner = bench.Account("partner");
        var released = 0;
        for (var i = 0; i < 25_000; i++)
        {
            released += GateBench.Released(bench.Release(partner, 0, i));
        }

        Assert.Equal(20_000, released);
    }
}
