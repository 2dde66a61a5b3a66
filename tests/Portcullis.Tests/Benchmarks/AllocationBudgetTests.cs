using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Core.Decisions;
using Portcullis.TestKit;
using Portcullis.TestKit.Load;
using Portcullis.Tests.Repository;

namespace Portcullis.Tests.Benchmarks;

/// <summary>What the gate allocates per exchange stays within the budgets beside the benchmarks.</summary>
public sealed class AllocationBudgetTests
{
    private const string BudgetFile = "benchmarks/allocation-budgets.json";

    // Long enough that tiered compilation, dictionaries and buffers have settled.
    private const int WarmUp = 400;
    private const int Measured = 200;

    public static TheoryData<string> Cases => [.. GateCase.All.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_gate_stays_within_its_bytes_per_exchange(string name)
    {
        var budget = Budgets()[name];
        var bytes = BytesOfARound(GateCase.Named(name));
        Assert.True(
            bytes <= budget * Measured,
            $"'{name}' allocates {(double)bytes / Measured:0.##} bytes per exchange, its budget is {budget}. Find the allocation, or change {BudgetFile} and say why."
        );
    }

    [Fact]
    public void Every_budget_belongs_to_a_case() =>
        Assert.Equal(GateCase.All.Select(item => item.Name).Order(), Budgets().Keys.Order());

    [Theory]
    [InlineData("record", 1)]
    [InlineData("page", 100)]
    public void A_measured_answer_is_read_item_by_item_and_released(string name, int items)
    {
        using var run = new GateRun(GateCase.Named(name), Clock());
        run.Once();
        Assert.Equal(VerdictKind.Allow, run.Exchange.Verdict);
        Assert.Equal(items, run.Exchange.Items.Count);
        Assert.NotEqual(0UL, run.Exchange.ResponseClasses);
    }

    [Fact]
    public void A_measured_stranger_is_refused()
    {
        using var run = new GateRun(GateCase.Named("stranger-refused"), Clock());
        run.Once();
        Assert.True(run.Exchange.IsRefused);
    }

    private static long BytesOfARound(GateCase measured)
    {
        using var run = new GateRun(measured, Clock());
        return Allocation.OfARound(run.Once, Measured, WarmUp);
    }

    private static FakeTimeProvider Clock() => new(new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));

    private static Dictionary<string, long> Budgets() =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(RepositoryFiles.Read(BudgetFile))!;
}
