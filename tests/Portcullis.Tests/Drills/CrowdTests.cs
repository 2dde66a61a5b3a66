using Portcullis.Drills.Oracle;
using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;
using Xunit;

namespace Portcullis.Tests.Drills;

public sealed class CrowdTests
{
    private const int Crowd = 64;
    private const int Each = 60;

    [Fact]
    public void Sixty_four_callers_at_once_never_get_one_record_more_than_their_pool_has()
    {
        var world = new World(ScenarioLoader.Load(ScenarioFolder.Open("B03")), 5);
        var shape = world.Scenario.Variant("c")!;
        using var policy = new DrillPolicy(world, KnowledgeLevel.Policy);
        var gate = GuardedRun.GateOf(policy, 5, new VirtualClock(), null);
        var oracle = new TruthOracle(new ValueIndex(world.Population, world.Scenario), _ => false);
        world.Population.Find(PersonValue.Account, "");
        var requests = Enumerable.Range(0, Crowd).Select(caller => Requests(world, caller)).ToArray();
        using var start = new Barrier(Crowd);
        var threads = requests.Select(mine => new Thread(() => Send(mine))).ToArray();

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        // 2,400 for all partners, of which 40 % are kept for members of standing; nobody has that on the first day.
        Assert.Equal(1_440, oracle.LeakFull);

        void Send(List<SimulatedRequest> mine)
        {
            var adapter = new InProcessAdapter(gate, new SampleUpstream(world.Scenario, shape, world.Population, world.Mint));
            var answer = new SimulatedAnswer();
            start.SignalAndWait();
            foreach (var request in mine)
            {
                adapter.Send(request, answer);
                lock (oracle)
                {
                    oracle.Observe(request, answer);
                }
            }
        }
    }

    private static List<SimulatedRequest> Requests(World world, int caller)
    {
        var bearer = world.Mint.Bearer(world.AttackerIdentity(CredentialKind.Partner, caller), 0);
        var requests = new List<SimulatedRequest>();
        for (var i = 0; i < Each; i++)
        {
            var person = caller * Each + i;
            var request = new SimulatedRequest
            {
                Role = SimulatedRequest.Attacker,
                Host = "api.telecom.replay.test",
                Target = $"/accounts/{world.Population.Value(person, PersonValue.Account)}",
                Asked = person,
                IsGuess = true,
                Address = world.Addresses.Loud(caller),
            };
            request.Headers.Add("Authorization", bearer);
            requests.Add(request);
        }
        return requests;
    }
}
