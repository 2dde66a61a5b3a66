using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Decisions;

/// <summary>How switches of one operation lie over each other.</summary>
public sealed class ModeOverrideTests
{
    private static readonly ModeOverride Promoted = new(Mode.Enforce, long.MaxValue, "promoted");
    private static readonly ModeOverride Bypassed = new(Mode.Monitor, 100, "bypassed");

    [Fact]
    public void A_promoted_operation_enforces_again_when_a_bypass_ends()
    {
        var all = ModeOverrides.None.With(3, Promoted).With(3, Bypassed);

        Assert.Equal(Mode.Monitor, all.Find(3, 99));
        Assert.Equal(Mode.Enforce, all.Find(3, 100));
    }

    [Fact]
    public void A_switch_without_an_end_ends_a_bypass()
    {
        var all = ModeOverrides.None.With(3, Bypassed).With(3, Promoted);

        Assert.Equal(Mode.Enforce, all.Find(3, 50));
    }

    [Fact]
    public void The_policy_counts_where_nothing_is_switched() => Assert.Null(ModeOverrides.None.With(3, Promoted).Find(4, 50));

    [Fact]
    public void Both_layers_and_allowances_come_back_from_the_journal()
    {
        var bench = new GateBench();
        var operation = bench.State.Operations.TryAdd("test", "GET", "/a", isDeclared: true)!;
        var now = bench.State.Clock.Now;
        bench.State.Override(operation, Promoted);
        bench.State.Override(operation, new ModeOverride(Mode.Monitor, now + 60_000, "bypassed"));
        var allowance = new Allowance("exposure/budget", 0, new(1, 2), now + 60_000, "report");
        bench.State.Allow(allowance);
        bench.State.Allow(allowance with { Operation = 1 });

        var restored = new GateBench();
        var restore = new GateRestore(restored.State);
        foreach (var record in bench.Journal.Records)
        {
            restore.Record(record);
        }

        Assert.Equal(Mode.Monitor, restored.State.Overrides.Find(0, now));
        Assert.Equal(Mode.Enforce, restored.State.Overrides.Find(0, now + 60_000));
        Assert.Equal(2, restored.State.Allowances.Count);
        Assert.Contains(allowance, restored.State.Allowances.All);
    }
}
