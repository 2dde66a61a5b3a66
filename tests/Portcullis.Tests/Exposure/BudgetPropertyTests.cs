using CsCheck;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Exposure;

/// <summary>Budgets of every scope and window against an exact model, in time that the wall clock does not tell right.</summary>
public sealed class BudgetPropertyTests
{
    private const ulong Partners = 1UL << BuiltInPools.FirstDeclared;

    private static readonly Operation Read = new(0, "api", "GET", "/a", isDeclared: true);
    private static readonly Operation List = new(1, "api", "GET", "/b", isDeclared: true);

    private static readonly Budget[] Budgets =
    [
        Of("minutes", BudgetScope.Caller, "*", 2, TimeSpan.FromMinutes(30)),
        Of("hours", BudgetScope.Pool, "*", 7, TimeSpan.FromHours(8)),
        Of("days", BudgetScope.Caller, Read.Id, 5, TimeSpan.FromDays(2)),
        Of("month", BudgetScope.Caller, "*", 20, TimeSpan.FromDays(30)),
        Of("pool-month", BudgetScope.Pool, Read.Id, 25, TimeSpan.FromDays(30)),
    ];

    private static readonly Gen<(int Minutes, int Step, int Caller, bool IsRead, int Subject)[]> Steps = Gen.Select(
        Gen.Int[0, 700],
        Gen.Frequency((6, Gen.Const(0)), (1, Gen.Int[-1440, 1440])),
        Gen.Int[0, 2],
        Gen.Bool,
        Gen.Int[0, 60]
    ).Array[20, 200];

    private static Budget Of(string name, BudgetScope scope, string group, int limit, TimeSpan window) =>
        new()
        {
            Name = name,
            Scope = scope,
            Group = group,
            Limit = limit,
            Window = window,
        };

    private static OperationPlan PlanOf(Operation operation) =>
        new()
        {
            Operation = operation,
            Budgets = [.. Budgets.Where(budget => budget.Group == "*" || budget.Group == operation.Id)],
        };

    [Fact]
    public void Lets_through_what_fits_the_window_and_never_one_more_however_the_wall_clock_steps() =>
        Steps.Sample(
            steps =>
            {
                var bench = new GateBench(Budgets);
                var plans = new[] { PlanOf(Read), PlanOf(List) };
                var callers = Enumerable.Range(0, 3).Select(i => bench.Account($"c{i}")).ToArray();
                var trueNow = TimeSpan.Zero;
                var released = new List<(TimeSpan At, int Caller, string Operation, int Subject)>();
                foreach (var (minutes, step, caller, isRead, subject) in steps)
                {
                    trueNow += TimeSpan.FromMinutes(minutes);
                    bench.Time.Advance(TimeSpan.FromMinutes(minutes));
                    bench.Time.Step += TimeSpan.FromMinutes(step);
                    var plan = plans[isRead ? 0 : 1];

                    var left = GateBench.Released(bench.Release(plan, callers[caller], Partners, subject)) == 1;

                    // An hour counts whole, and gate time may run a thousandth fast or slow: only refusals have that much room.
                    if (!Fits(TimeSpan.Zero) && left || Fits(TimeSpan.FromMinutes(150)) && !left)
                    {
                        return false;
                    }
                    bool Fits(TimeSpan slack) => Room(released, trueNow, caller, plan, subject, slack);
                    if (left)
                    {
                        released.Add((trueNow, caller, plan.Operation.Id, subject));
                    }
                }
                return true;
            },
            iter: 300
        );

    // What was released between the window and its slack may count or not: it takes room, but gives its own subject no pass.
    private static bool Room(
        List<(TimeSpan At, int Caller, string Operation, int Subject)> released,
        TimeSpan now,
        int caller,
        OperationPlan plan,
        int subject,
        TimeSpan slack
    ) =>
        plan.Budgets.All(budget =>
        {
            var wide = released
                .Where(one =>
                    now - one.At <= budget.Window + slack
                    && (budget.Scope == BudgetScope.Pool || one.Caller == caller)
                    && (budget.Group == "*" || budget.Group == one.Operation)
                )
                .ToList();
            var certain = wide.Where(one => now - one.At <= budget.Window).Select(one => one.Subject);
            return wide.Select(one => one.Subject).Distinct().Count() < budget.Limit || certain.Contains(subject);
        });

    [Fact]
    public void Sixty_four_threads_keep_budgets_of_caller_pool_and_operation_at_once()
    {
        var budgets = new[]
        {
            Of("own", BudgetScope.Caller, "*", 40, TimeSpan.FromDays(1)),
            Of("pool", BudgetScope.Pool, "*", 1500, TimeSpan.FromDays(30)),
            Of("operation", BudgetScope.Pool, Read.Id, 700, TimeSpan.FromHours(1)),
        };
        var bench = new GateBench(budgets);
        var read = new OperationPlan { Operation = Read, Budgets = budgets };
        var list = new OperationPlan { Operation = List, Budgets = budgets[..2] };
        var leftByCaller = new int[64];
        var leftOnRead = 0;
        var threads = Enumerable
            .Range(0, 64)
            .Select(worker => new Thread(() =>
            {
                var caller = bench.Account($"caller-{worker}");
                for (var i = 0; i < 60; i++)
                {
                    var first = worker * 1000 + i * 3;
                    var isRead = (worker + i) % 2 == 0;
                    var left = GateBench.Released(
                        bench.Release(isRead ? read : list, caller, Partners, first, first + 1, first + 2)
                    );
                    leftByCaller[worker] += left;
                    Interlocked.Add(ref leftOnRead, isRead ? left : 0);
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.Equal(1500, leftByCaller.Sum());
        Assert.InRange(leftByCaller.Max(), 1, 40);
        Assert.InRange(leftOnRead, 1, 700);
    }

    [Fact]
    public void Divided_budgets_of_all_instances_never_exceed_the_limit() =>
        Gen.Select(Gen.Int[1, 1000], Gen.Int[1, 1_000_000])
            .Where((instances, limit) => limit >= instances)
            .Sample(
                (instances, limit) => instances * (long)Core.Policy.Compiling.BudgetCompiler.Share(limit, instances) <= limit
            );
}
