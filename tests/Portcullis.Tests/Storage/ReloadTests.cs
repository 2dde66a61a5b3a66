using Microsoft.Extensions.Time.Testing;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Storage;

/// <summary>A budget that a changed policy adds to a running gate counts what was released before.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(StoredGate.Start);

    private static Budget Ten { get; } =
        new()
        {
            Name = "ten of b",
            Scope = BudgetScope.Caller,
            Group = "GET /b",
            Limit = 10,
            Window = TimeSpan.FromDays(1),
        };

    private static Pool Added { get; } = new(3, "agents", null);

    private static Pool Other { get; } = new(4, "others", null);

    public void Dispose() => _folder.Dispose();

    private static Budget TenOf(string group) => Ten with { Scope = BudgetScope.Pool, Pool = Added, Group = group };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Begins_with_what_the_ledger_and_the_journal_know(bool isStored)
    {
        using var gate = new StoredGate(_folder["data"], _time, fills: isStored);
        gate.Ask("reader", gate.B, [.. Enumerable.Range(0, 10)]);
        if (isStored)
        {
            Assert.True(gate.Storage.CatchUp(Patience));
        }

        gate.Add(Ten);

        Assert.Equal(ItemOutcome.Released, gate.Ask("reader", gate.B, 3).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Dropped, gate.Ask("reader", gate.B, 10).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Released, gate.Ask("another", gate.B, 10).Items[0].Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Does_not_count_what_other_operations_released(bool isOfAddedPool)
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("reader", gate.A, [.. Enumerable.Range(0, 10)]);

        if (isOfAddedPool)
        {
            gate.Change([.. gate.Policy.Pools, Added], [.. gate.Policy.Budgets, TenOf("GET /b")]);
        }
        else
        {
            gate.Add(Ten);
        }

        Assert.Equal(ItemOutcome.Released, gate.Ask("reader", gate.B, 10).Items[0].Outcome);
    }

    [Fact]
    public void A_pool_budget_begins_with_what_the_pool_received()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("one", gate.B, [.. Enumerable.Range(0, 6)]);
        gate.Ask("two", gate.B, [.. Enumerable.Range(4, 6)]);

        gate.Add(Ten with { Scope = BudgetScope.Pool, Pool = gate.Policy.Pools[^1] });

        Assert.Equal(ItemOutcome.Released, gate.Ask("three", gate.B, 9).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Dropped, gate.Ask("three", gate.B, 10).Items[0].Outcome);
    }

    [Fact]
    public void An_exchange_that_began_before_the_change_counts_too()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        var before = gate.Policy;
        gate.Add(Ten);

        gate.AskUnder(before, "reader", gate.B, [.. Enumerable.Range(0, 10)]);

        Assert.Equal(ItemOutcome.Dropped, gate.Ask("reader", gate.B, 10).Items[0].Outcome);
    }

    [Fact]
    public void Exchanges_that_began_before_two_changes_count_by_turns()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        var first = gate.Policy;
        gate.Change([.. gate.Policy.Pools, Added], gate.Policy.Budgets);
        var second = gate.Policy;
        gate.Add(Ten);

        for (var i = 0; i < 10; i++)
        {
            gate.AskUnder(i % 2 == 0 ? first : second, "reader", gate.B, i);
        }

        Assert.Equal(ItemOutcome.Dropped, gate.Ask("reader", gate.B, 10).Items[0].Outcome);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("GET /b")]
    public void A_pool_that_is_added_begins_with_what_each_member_received(string group)
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("one", gate.B, [.. Enumerable.Range(0, 6)]);
        gate.Ask("two", gate.B, [.. Enumerable.Range(4, 6)]);

        gate.Change([.. gate.Policy.Pools, Added], [.. gate.Policy.Budgets, TenOf(group)]);

        Assert.Equal(ItemOutcome.Released, gate.Ask("one", gate.B, 0).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Released, gate.Ask("two", gate.B, 9).Items[0].Outcome);
        Assert.Equal(ItemOutcome.Dropped, gate.Ask("two", gate.B, 10).Items[0].Outcome);
    }

    [Fact]
    public void A_pool_whose_members_change_counts_what_the_new_ones_received()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Change([.. gate.Policy.Pools, Added, Other], [.. gate.Policy.Budgets, TenOf("GET /b")]);
        gate.Ask("one", gate.B, [.. Enumerable.Range(0, 10)]);

        var everybody = Added with { Condition = "everybody" };
        gate.Change(
            [.. gate.Policy.Pools[..^2], everybody],
            [.. gate.Policy.Budgets[..^1], TenOf("GET /b") with { Pool = everybody }]
        );

        Assert.Equal(ItemOutcome.Dropped, gate.Ask("one", gate.B, 10).Items[0].Outcome);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("GET /b")]
    public void A_pool_that_is_added_between_two_starts_begins_with_what_each_member_received(string group)
    {
        using (var gate = new StoredGate(_folder["data"], _time))
        {
            gate.Ask("one", gate.B, [.. Enumerable.Range(0, 10)]);
        }
        using var again = new StoredGate(
            _folder["data"],
            _time,
            policy: policy => ([.. policy.Pools, Added], [.. policy.Budgets, TenOf(group)])
        );

        Assert.Equal(ItemOutcome.Dropped, again.Ask("one", again.B, 10).Items[0].Outcome);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("GET /b")]
    public void A_member_brings_also_what_an_exchange_released_that_began_before_the_pool(string group)
    {
        using var gate = new StoredGate(_folder["data"], _time);
        var before = gate.Policy;
        gate.Change([.. gate.Policy.Pools, Added], [.. gate.Policy.Budgets, TenOf(group)]);
        gate.Ask("one", gate.B, 0);

        gate.AskUnder(before, "one", gate.B, [.. Enumerable.Range(1, 9)]);

        Assert.Equal(ItemOutcome.Dropped, gate.Ask("one", gate.B, 10).Items[0].Outcome);
    }

    [Fact]
    public void A_pool_counts_no_release_again_however_often_the_policy_is_loaded()
    {
        using var gate = new StoredGate(_folder["data"], _time, room: 100_000);
        var many = TenOf("*") with { Limit = 6000 };
        gate.Change([.. gate.Policy.Pools, Added], [.. gate.Policy.Budgets, many]);
        // More than a caller's own set names one by one.
        gate.Ask("one", gate.B, [.. Enumerable.Range(0, 5000)]);

        for (var i = 0; i < 5; i++)
        {
            var more = Added with { Index = 3 + i % 2 };
            gate.Change(
                [.. gate.Policy.Pools[..3], .. i % 2 == 0 ? [] : new Pool[] { new(3, "between", null) }, more],
                [.. gate.Policy.Budgets[..^1], many with { Pool = more }]
            );
            Assert.Equal(ItemOutcome.Released, gate.Ask("one", gate.B, 5000 + i).Items[0].Outcome);
        }
    }

    [Fact]
    public void A_restart_counts_no_release_of_a_pool_again()
    {
        (Pool[], Budget[]) With(PolicySnapshot policy) =>
            ([.. policy.Pools, Added], [.. policy.Budgets, TenOf("*") with { Limit = 6000 }]);
        using (var gate = new StoredGate(_folder["data"], _time, room: 100_000, policy: With))
        {
            gate.Ask("one", gate.B, [.. Enumerable.Range(0, 5500)]);
        }
        using var again = new StoredGate(_folder["data"], _time, room: 100_000, policy: With);

        Assert.Equal(ItemOutcome.Released, again.Ask("one", again.B, 5500).Items[0].Outcome);
        Assert.Equal(
            499,
            again
                .Ask("one", again.B, [.. Enumerable.Range(5501, 499)])
                .Items.Span.ToArray()
                .Count(item => item.Outcome == ItemOutcome.Released)
        );
        Assert.Equal(ItemOutcome.Dropped, again.Ask("one", again.B, 6000).Items[0].Outcome);
    }

    [Fact]
    public void A_budget_counts_what_was_released_before_its_operations_were_named_otherwise()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        var learned = gate.State.Operations.TryAdd("api", "GET", "/c/{id}", isDeclared: false)!;
        gate.Ask("reader", learned, [.. Enumerable.Range(0, 10)]);
        var declared = gate.State.Operations.TryAdd("api", "GET", "/c/{customerId}", isDeclared: true)!;

        gate.Add(Ten with { Group = "GET /a,GET /c/{customerId}" });

        Assert.Equal(ItemOutcome.Dropped, gate.AskUnder(gate.Policy, "reader", declared, 10).Items[0].Outcome);
    }

    [Fact]
    public void Operations_that_a_budget_gains_count_with_what_they_released()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Add(Ten);
        gate.Ask("reader", gate.A, [.. Enumerable.Range(0, 6)]);
        gate.Ask("reader", gate.B, [.. Enumerable.Range(6, 4)]);

        gate.Change(gate.Policy.Pools, [.. gate.Policy.Budgets[..^1], Ten with { Group = "GET /a,GET /b" }]);

        Assert.Equal(ItemOutcome.Dropped, gate.Ask("reader", gate.B, 10).Items[0].Outcome);
    }

    [Fact]
    public void Counts_the_same_after_a_restart()
    {
        string before;
        using (var gate = new StoredGate(_folder["data"], _time))
        {
            gate.Ask("reader", gate.B, [.. Enumerable.Range(0, 7)]);
            gate.Add(Ten);
            gate.Ask("reader", gate.B, 7, 8);
            before = gate.Used(97);
        }

        using var again = new StoredGate(_folder["data"], _time);
        again.Add(Ten);

        Assert.Equal(before, again.Used(97));
    }
}
