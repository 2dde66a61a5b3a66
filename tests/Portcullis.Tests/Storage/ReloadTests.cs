using Microsoft.Extensions.Time.Testing;
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

    public void Dispose() => _folder.Dispose();

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

    [Fact]
    public void Does_not_count_what_other_operations_released()
    {
        using var gate = new StoredGate(_folder["data"], _time);
        gate.Ask("reader", gate.A, [.. Enumerable.Range(0, 10)]);

        gate.Add(Ten);

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
