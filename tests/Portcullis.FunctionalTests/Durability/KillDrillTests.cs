using System.Globalization;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>SIGKILL loses neither the entry of a release nor used budget.</summary>
public sealed class KillDrillTests
{
    // Budgets so small that callers have used them up after a kill or two: what a restart gave back would be received.
    private const int FewPeople = 15;

    [Fact]
    public async Task A_killed_gateway_has_every_release_in_its_ledger_and_gives_no_budget_back()
    {
        var tally = await DrillAsync(5, 20261127, FewPeople, perPool: 300);

        Assert.Equal(FewPeople, tally.MostOfCaller);
    }

    /// <summary>The long drill of benchmarks/kill-drill/run.</summary>
    [Fact(Explicit = true)]
    public Task Long_drill() => DrillAsync(Setting("KILL_DRILL_ROUNDS", 200), Setting("KILL_DRILL_SEED", 1));

    private static async Task<KillDrillTally> DrillAsync(
        int rounds,
        int seed,
        int perCaller = DrillPolicy.PerCaller,
        int perPool = DrillPolicy.PerPool
    )
    {
        using var folder = new TemporaryFolder();
        await using var upstream = await PeopleUpstream.StartAsync();
        var drill = new KillDrill(folder.Path, upstream, seed, perCaller, perPool);

        await drill.RunAsync(rounds, line => TestContext.Current.SendDiagnosticMessage(line));

        TestContext.Current.TestOutputHelper?.WriteLine(drill.Tally.ToString());
        Assert.True(drill.Tally.Broken.Count == 0, $"{drill.Tally}\n{string.Join('\n', drill.Tally.Broken.Take(20))}");
        Assert.True(drill.Tally.Received > 0, "nothing was released, so nothing was tested");
        return drill.Tally;
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
