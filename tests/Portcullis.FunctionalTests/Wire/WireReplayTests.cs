using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Wire;
using Xunit;

namespace Portcullis.FunctionalTests.Wire;

public sealed class WireReplayTests
{
    private const ulong Seed = 77;

    [Theory]
    [InlineData("B05", KnowledgeLevel.Spec)]
    [InlineData("B05", KnowledgeLevel.Learned)]
    public void Over_sockets_the_same_is_lost_and_denied_as_in_process(string id, KnowledgeLevel knowledge)
    {
        using var folder = new SmallScenario(id);

        var inProcess = Run(folder, ReplayScale.Ci, knowledge);
        var overSockets = Run(folder, ReplayScale.Wire, knowledge);

        Assert.True(overSockets.LostWithout > 20, $"without a gate {overSockets.LostWithout} are lost");
        Assert.Equal(Figures(inProcess), Figures(overSockets));
    }

    [Fact]
    public void What_a_gateway_without_a_rule_lets_through_is_counted_at_the_socket()
    {
        using var folder = new SmallScenario("B05");
        folder.Change("openapi.yaml", "security:\n  - bearer: []\n", "");
        folder.Change("policy.yaml", "subject: id", "authentication: public");

        var result = Run(folder, ReplayScale.Wire, KnowledgeLevel.Policy);

        Assert.InRange(result.Lost, 20, result.LostWithout);
    }

    [Fact]
    public void A_wire_run_says_what_it_compresses()
    {
        using var folder = new SmallScenario("B05");

        Assert.Contains("clock follows the run", Run(folder, ReplayScale.Wire, KnowledgeLevel.Spec).Detail?.Note);
    }

    private static object Figures(ReplayResult result) =>
        (
            result.AttackRequests,
            result.BenignRequests,
            result.LostWithout,
            result.Lost,
            result.LeakExist,
            result.BenignDenied,
            result.BenignCallersRefused
        );

    private static ReplayResult Run(SmallScenario folder, ReplayScale scale, KnowledgeLevel knowledge) =>
        Assert.Single(
            ReplayRunner.Run(
                new ReplayOptions
                {
                    Scenarios = [folder.Path],
                    Variant = "default",
                    Knowledge = [knowledge],
                    Attackers = [AttackerKind.Loud],
                    Scale = scale,
                    Seed = Seed,
                    Wire = new LoopbackWire(),
                }
            )
        );
}
