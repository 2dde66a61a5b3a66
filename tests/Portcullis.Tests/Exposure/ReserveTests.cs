using System.Net;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Expressions;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Portcullis.Tests.Identity;
using Xunit;

namespace Portcullis.Tests.Exposure;

/// <summary>What an exhausted pool still does for its quiet members.</summary>
public sealed class ReserveTests
{
    private const ulong Partners = 1UL << BuiltInPools.FirstDeclared;

    private int _next;

    private static Budget Pooled(int limit, double reserve, OverBudgetWord over = OverBudgetWord.Degrade) =>
        new()
        {
            Name = "all",
            Scope = BudgetScope.Pool,
            Limit = limit,
            Reserve = reserve,
            Window = TimeSpan.FromDays(1),
            Over = over,
        };

    /// <summary>Asks for new subjects until <paramref name="most"/> were asked for; returns how many left.</summary>
    private int Take(GateBench bench, CallerState caller, int most)
    {
        var released = 0;
        for (var i = 0; i < most; i++)
        {
            released += GateBench.Released(bench.Release(caller, Partners, ++_next));
        }
        return released;
    }

    [Fact]
    public void Greedy_member_of_standing_gets_the_general_part_and_one_share_of_the_reserve()
    {
        var bench = new GateBench(Pooled(1000, 0.2));
        var greedy = bench.Account("greedy");
        bench.Time.Advance(TimeSpan.FromDays(2));

        Assert.Equal(800 + 200 / 8, Take(bench, greedy, 2000));
    }

    [Fact]
    public void Every_quiet_member_is_served_in_full_beside_an_attacker_who_waited()
    {
        var bench = new GateBench(Pooled(1000, 0.2));
        var quiet = Enumerable.Range(0, 100).Select(i => bench.Account($"quiet-{i}")).ToList();
        var attacker = bench.Account("attacker");
        bench.Time.Advance(TimeSpan.FromDays(30));
        Take(bench, attacker, 2000);

        Assert.All(quiet, member => Assert.Equal(1, Take(bench, member, 1)));
        Assert.Equal(0, Take(bench, attacker, 100));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50)]
    [InlineData(100)]
    public void Greedy_identities_of_standing_take_no_more_than_their_equal_shares(int attackers)
    {
        var bench = new GateBench(Pooled(10_000, 0.2));
        var honest = Enumerable.Range(0, 100).Select(i => bench.Account($"honest-{i}")).ToList();
        var greedy = Enumerable.Range(0, attackers).Select(i => bench.Account($"greedy-{i}")).ToList();
        bench.Time.Advance(TimeSpan.FromDays(2));
        // A day on which everybody received something, so that the pool knows its members.
        honest.ForEach(member => Take(bench, member, 1));
        greedy.ForEach(member => Take(bench, member, 1));
        bench.Time.Advance(TimeSpan.FromDays(2));
        greedy.ForEach(member => Take(bench, member, 1_000));

        var share = 2000 / (100 + attackers);
        Assert.All(honest, member => Assert.Equal(share, Take(bench, member, 1000)));
    }

    [Fact]
    public void Newcomers_in_any_number_leave_the_reserve_to_members_of_standing()
    {
        var bench = new GateBench(Pooled(1000, 0.2));
        bench.Time.Advance(TimeSpan.FromDays(2));
        var old = Enumerable.Range(0, 10).Select(i => bench.Account($"old-{i}")).ToList();
        bench.Time.Advance(TimeSpan.FromDays(2));
        var taken = 0;
        for (var i = 0; i < 1000; i++)
        {
            taken += Take(bench, bench.Account($"new-{i}"), 10);
        }

        Assert.Equal(800, taken);
        Assert.Equal(100, old.Sum(member => Take(bench, member, 10)));
    }

    [Fact]
    public void Never_one_more_than_the_limit_leaves_whoever_asks()
    {
        var bench = new GateBench(Pooled(500, 0.3));
        var members = Enumerable.Range(0, 64).Select(i => bench.Account($"m-{i}")).ToList();
        bench.Time.Advance(TimeSpan.FromDays(2));
        var released = 0;
        for (var round = 0; round < 50; round++)
        {
            foreach (var member in members)
            {
                var first = _next;
                _next += 3;
                released += GateBench.Released(bench.Release(member, Partners, first, first + 1, first + 2));
            }
        }

        Assert.InRange(released, 350 + 64, 500);
    }

    [Fact]
    public void Quiet_networks_are_served_beside_a_greedy_one()
    {
        var plan = new IdentityPlan();
        var budget = Pooled(20, 0.2) with { Pool = new Pool(BuiltInPools.Anonymous, "anonymous", null) };
        var bench = new IdentityBench(plan, AuthenticationWord.Public, [budget]);
        var exchange = new Exchange();
        var greedy = Enumerable
            .Range(0, 100)
            .Count(i => bench.Release(exchange, "198.51.100.7", bench.Keys.Hash(Core.Hashing.KeyPurpose.Subject, 0, $"g{i}")));
        var quiet = Enumerable
            .Range(1, 3)
            .Count(i =>
                bench.Release(
                    exchange,
                    IPAddress.Parse($"203.0.{i}.7"),
                    bench.Keys.Hash(Core.Hashing.KeyPurpose.Subject, 0, $"q{i}")
                )
            );

        Assert.Equal((17, 3), (greedy, quiet));
    }

    [Fact]
    public void Strangers_of_an_exhausted_pool_are_asked_for_a_token()
    {
        var budget = Pooled(1, 0) with { Pool = new Pool(BuiltInPools.Anonymous, "anonymous", null) };
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Public, [budget]);
        var exchange = new Exchange();
        bench.Release(exchange, "198.51.100.7", bench.Keys.Hash(Core.Hashing.KeyPurpose.Subject, 0, "a"));

        Assert.False(bench.Release(exchange, "198.51.100.7", bench.Keys.Hash(Core.Hashing.KeyPurpose.Subject, 0, "b")));
        Assert.Equal(401, exchange.Reason!.Status);
    }

    [Fact]
    public void Members_of_an_exhausted_pool_see_masked_records_and_only_then_none()
    {
        var bench = new GateBench(Pooled(3, 0));
        var member = bench.Account("member");
        Take(bench, member, 3);

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(VerdictKind.Mask, bench.Release(member, Partners, 100 + i).Verdict);
        }
        Assert.Equal(VerdictKind.Mask, bench.Release(member, Partners, 102).Verdict);
        Assert.Equal(VerdictKind.Refuse, bench.Release(member, Partners, 103).Verdict);
    }

    [Fact]
    public void Record_over_two_budgets_meets_the_harder_word()
    {
        var bench = new GateBench(
            Pooled(1, 0),
            new Budget
            {
                Name = "own",
                Scope = BudgetScope.Caller,
                Limit = 1,
                Window = TimeSpan.FromDays(1),
            }
        );
        var member = bench.Account("member");
        Take(bench, member, 1);

        Assert.Equal(VerdictKind.Refuse, bench.Release(member, Partners, 100).Verdict);
    }

    [Fact]
    public void Single_record_over_budget_is_recorded_as_refused_while_monitoring()
    {
        var bench = new GateBench(Mode.Monitor, Pooled(1, 0, OverBudgetWord.Clip));
        var member = bench.Account("member");
        Take(bench, member, 1);

        Assert.Equal(VerdictKind.Refuse, bench.Release(member, Partners, 100).Verdict);
    }
}
