using Portcullis.Analysis.Exposures;
using Portcullis.Analysis.Readiness;
using Xunit;

namespace Portcullis.Tests.Analysis;

/// <summary>When an operation is said to be ready, and which budget is proposed.</summary>
public sealed class ReadinessTests
{
    private const long Day = 24 * 60 * 60 * 1000L;
    private const long Now = 1000 * Day;

    private static OperationUsage Usage(long exchanges, int days, params ObjectionCount[] objections) =>
        new()
        {
            Operation = 0,
            Exchanges = exchanges,
            Callers = 1000,
            FirstSeen = Now - days * Day,
            MostPeople = 10,
            Daily = Days(Enumerable.Repeat(4, 1000)),
            Objections = objections,
        };

    [Fact]
    public void Promotes_what_would_have_refused_nobody() =>
        Assert.Equal(Advice.Promote, OperationReadiness.Of(Usage(50_000, 14), isEnforced: false, Now).Advice);

    [Theory]
    [InlineData(999, 14)]
    [InlineData(50_000, 6)]
    public void Waits_for_traffic_and_for_a_week(long exchanges, int days) =>
        Assert.Equal(Advice.Wait, OperationReadiness.Of(Usage(exchanges, days), isEnforced: false, Now).Advice);

    [Fact]
    public void Asks_to_look_when_callers_would_have_been_refused()
    {
        var readiness = OperationReadiness.Of(Usage(50_000, 14, new ObjectionCount("exposure/budget", 7, 2, 0)), false, Now);

        Assert.Equal(Advice.Look, readiness.Advice);
        Assert.Contains("exposure/budget would have stopped 7 exchanges of 2 callers (0.2% of all)", readiness.Because);
    }

    [Theory]
    [InlineData("admission/anonymous-personal-data")]
    [InlineData("admission/authentication-required")]
    public void Closes_to_a_few_without_credential_where_all_others_show_one(string reason)
    {
        var readiness = OperationReadiness.Of(Usage(50_000, 14, new ObjectionCount(reason, 900, 60, 0)), false, Now);

        Assert.Equal(Advice.Close, readiness.Advice);
        Assert.Contains("900 of 50000 exchanges came without any credential", readiness.Because);
    }

    [Fact]
    public void Asks_to_look_when_many_come_without_credential() =>
        Assert.Equal(
            Advice.Look,
            OperationReadiness
                .Of(Usage(50_000, 14, new ObjectionCount("admission/anonymous-personal-data", 6_000, 60, 0)), false, Now)
                .Advice
        );

    [Fact]
    public void Asks_to_look_when_something_else_stands_beside_the_hole()
    {
        var readiness = OperationReadiness.Of(
            Usage(
                50_000,
                14,
                new ObjectionCount("admission/anonymous-personal-data", 900, 60, 0),
                new ObjectionCount("exposure/budget", 7, 2, 0)
            ),
            false,
            Now
        );

        Assert.Equal(Advice.Look, readiness.Advice);
        Assert.StartsWith("exposure/budget", readiness.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_an_enforcing_operation_stopped() =>
        Assert.Contains(
            "5 exchanges were stopped",
            OperationReadiness.Of(Usage(50_000, 14, new ObjectionCount("exposure/budget", 7, 2, 5)), true, Now).Because
        );

    [Fact]
    public void Proposes_a_margin_above_what_999_of_1000_caller_days_stay_under() =>
        Assert.Equal(120, Proposals.DailyLimit(Days(Enumerable.Repeat(40, 10_000))));

    [Theory]
    [InlineData(104, 1)]
    [InlineData(104, 2)]
    [InlineData(999, 2)]
    [InlineData(10_000, 10)]
    public void One_caller_who_takes_everything_does_not_write_his_own_budget(int honestDays, int attackDays) =>
        Assert.Equal(5, Proposals.DailyLimit(Attacked(honestDays, attackDays)));

    [Fact]
    public void One_caller_who_takes_much_day_after_day_is_named()
    {
        var usage = Usage(50_000, 14) with { Daily = Attacked(104, 20) };

        var readiness = OperationReadiness.Of(usage, false, Now);

        Assert.Contains("One caller had 900000 people on a day, any other at most 1", readiness.Because);
        Assert.DoesNotContain("One caller had", OperationReadiness.Of(Usage(50_000, 14), false, Now).Because);
    }

    [Fact]
    public void An_office_that_comes_every_day_is_given_what_it_needs() =>
        Assert.Equal(
            760,
            Proposals.DailyLimit(
                PeoplePerDay.Of(Enumerable.Range(0, 200).Select(day => day < 5 ? ("office", 250 + day) : ($"home {day}", 2)))
            )
        );

    [Fact]
    public void Proposes_nothing_from_a_handful_of_days() => Assert.Null(Proposals.DailyLimit(Days(Enumerable.Repeat(1, 99))));

    [Theory]
    [InlineData(33, 99)]
    [InlineData(34, 110)]
    [InlineData(425, 1300)]
    public void Rounds_up_to_two_digits(int seen, int proposed) =>
        Assert.Equal(proposed, Proposals.DailyLimit(Days(Enumerable.Repeat(seen, 1000))));

    [Fact]
    public void Quantiles_are_by_nearest_rank()
    {
        var daily = Days(Enumerable.Range(1, 1000).Reverse());

        Assert.Equal(new PeoplePerDay(1000, 500, 999, 1000, 999, 0), daily);
        Assert.Equal(daily, PeoplePerDay.Of(Enumerable.Range(1, 1000).Select(people => (people, 1L, people < 1000 ? 1L : 0))));
        Assert.Equal(new PeoplePerDay(2000, 1, 3, 4, 3, 1), PeoplePerDay.Of([(4, 1L, 0L), (1, 1500L, 1498L), (3, 499L, 499L)]));
        Assert.Equal(PeoplePerDay.None, Days([]));
    }

    private static PeoplePerDay Attacked(int honestDays, int attackDays) =>
        PeoplePerDay.Of(
            Enumerable
                .Range(0, honestDays)
                .Select(number => (Caller: number / 3, People: 1))
                .Concat(Enumerable.Range(0, attackDays).Select(_ => (Caller: -1, People: 900_000)))
        );

    // Each day that of another caller.
    private static PeoplePerDay Days(IEnumerable<int> counts) =>
        PeoplePerDay.Of(counts.Select((people, caller) => (caller, people)));
}
