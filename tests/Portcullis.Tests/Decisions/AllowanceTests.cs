using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Decisions;

/// <summary>What an allowance lets pass, and what it does not.</summary>
public sealed class AllowanceTests
{
    private static readonly Budget TwoADay = new()
    {
        Name = "two-a-day",
        Scope = BudgetScope.Caller,
        Limit = 2,
        Window = TimeSpan.FromDays(1),
    };

    [Fact]
    public void Lets_an_allowed_caller_pass_a_used_up_budget_and_records_the_objection()
    {
        var bench = new GateBench(TwoADay);
        var agent = bench.Account("agent");
        bench.State.Allow(Budgets(bench, agent.Key, TimeSpan.FromDays(7)));

        var exchange = bench.Release(agent, 0, 1, 2, 3, 4);

        Assert.Equal(VerdictKind.Observe, exchange.Verdict);
        Assert.Equal(BudgetReasons.OverBudget, exchange.Reason);
        Assert.Equal(4, GateBench.Released(exchange));
        Assert.All(bench.Journal.Exchanges[^1].Items, item => Assert.Equal(ItemOutcome.Released, item.Outcome));
    }

    [Fact]
    public void What_was_released_by_an_allowance_stays_counted_after_it()
    {
        var bench = new GateBench(TwoADay);
        var agent = bench.Account("agent");
        bench.State.Allow(Budgets(bench, agent.Key, TimeSpan.FromMinutes(10)));
        bench.Release(agent, 0, 1, 2, 3, 4);

        bench.Time.Advance(TimeSpan.FromMinutes(11));

        Assert.True(bench.Release(agent, 0, 5).IsRefused);
        Assert.False(bench.Release(agent, 0, 4).IsRefused);
    }

    [Fact]
    public void Another_caller_stays_refused()
    {
        var bench = new GateBench(TwoADay);
        bench.State.Allow(Budgets(bench, bench.Account("agent").Key, TimeSpan.FromDays(7)));
        var other = bench.Account("other");
        bench.Release(other, 0, 1, 2);

        Assert.True(bench.Release(other, 0, 3).IsRefused);
    }

    [Fact]
    public void Another_operation_stays_refused()
    {
        var bench = new GateBench(TwoADay);
        var agent = bench.Account("agent");
        bench.State.Allow(Budgets(bench, agent.Key, TimeSpan.FromDays(7)) with { Operation = 3 });
        bench.Release(agent, 0, 1, 2);

        Assert.True(bench.Release(agent, 0, 3).IsRefused);
    }

    [Fact]
    public void One_for_a_network_does_not_cover_identified_callers_of_that_network()
    {
        var bench = new GateBench();
        bench.State.Allow(new Allowance("x/y", -1, new(1, 2), long.MaxValue, "test"));
        var reason = new Reason("x/y", 403, "", "");
        var anonymous = new Exchange { NetworkKey = new(1, 2) };
        var identified = new Exchange { NetworkKey = new(1, 2) };
        identified.AddRung(bench.Account("agent"));

        Assert.True(bench.State.Allowances.Cover(anonymous, reason));
        Assert.False(bench.State.Allowances.Cover(identified, reason));
    }

    [Theory]
    [InlineData("restrictions/restricted")]
    [InlineData("canonical/target")]
    [InlineData("identity/invalid-token")]
    [InlineData("gate/journal")]
    public void Some_reasons_are_never_covered(string reason)
    {
        var bench = new GateBench();

        bench.State.Allow(new Allowance(reason, -1, new(1, 2), long.MaxValue, "test"));

        Assert.Equal(0, bench.State.Allowances.Count);
    }

    [Fact]
    public void One_that_ends_in_the_past_ends_the_one_before_it()
    {
        var bench = new GateBench(TwoADay);
        var agent = bench.Account("agent");
        var allowance = Budgets(bench, agent.Key, TimeSpan.FromDays(7));
        bench.State.Allow(allowance);

        bench.State.Allow(allowance with { Until = 0 });

        Assert.Equal(0, bench.State.Allowances.Count);
    }

    [Fact]
    public void Its_journal_event_reads_back_as_it_was()
    {
        var bench = new GateBench();
        var allowance = Budgets(bench, new(0xA, 0xB), TimeSpan.FromDays(1));

        bench.State.Allow(allowance);

        var reader = new RecordReader(bench.Journal.Records[^1]);
        Assert.Equal(RecordKind.Event, (RecordKind)reader.Byte());
        Assert.Equal(allowance, Allowance.From(EventRecord.Read(ref reader)));
    }

    [Fact]
    public void Events_of_another_kind_or_with_damaged_values_are_none()
    {
        Assert.Null(Allowance.From(new EventRecord(1, "restrict", [])));
        Assert.Null(Allowance.From(new EventRecord(1, "allow", [])));
        Assert.Null(
            Allowance.From(
                new EventRecord(1, "allow", [new("reason", "a/b"), new("operation", "x"), new("caller", "zz"), new("until", "")])
            )
        );
    }

    [Fact]
    public void Ended_ones_are_forgotten_when_another_is_made()
    {
        var all = Allowances.None;
        for (var i = 0; i < 5; i++)
        {
            all = all.With(new Allowance("a/b", i, new(1, 1), 100 + i, ""), now: 0);
        }

        all = all.With(new Allowance("a/b", 9, new(1, 1), 50, ""), now: 102);

        Assert.Equal([3, 4], all.All.Select(one => one.Operation).Order());
    }

    private static Allowance Budgets(GateBench bench, Core.Hashing.Key128 caller, TimeSpan duration) =>
        new("exposure/budget", -1, caller, bench.State.Clock.Now + (long)duration.TotalMilliseconds, "quarterly report");
}
