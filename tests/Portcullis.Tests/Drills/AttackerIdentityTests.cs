using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;
using Xunit;

namespace Portcullis.Tests.Drills;

/// <summary>Whose records an attacker of many identities holds: its own, and no honest caller's.</summary>
public sealed class AttackerIdentityTests
{
    [Fact]
    public void Whoever_shows_no_credential_owns_no_more_for_calling_itself_a_thousand()
    {
        var one = Run("B01", "anonymous", 1);

        Assert.True(one.LostWithout > 800, $"without a gate {one.LostWithout} are lost");
        Assert.Equal(one.LostWithout, Run("B01", "anonymous", 1_000).LostWithout);
    }

    [Theory]
    [InlineData("default", 280, false)]
    [InlineData("default", 281, false)]
    [InlineData("lockout", 281, true)]
    [InlineData("control", 281, false)]
    public void More_customers_than_the_population_has_room_for_are_refused(string variant, int identities, bool isRefused)
    {
        // 1,100 people, of whom 540 are of honest callers and their families of two.
        using var folder = new ScenarioCopy("B04").Change("scenario.yaml", "people: 5000", "people: 1100");

        var fault = Record.Exception(() => Run(folder.Path, variant, identities));

        Assert.Equal(isRefused, fault is ScenarioException);
        Assert.Contains(isRefused ? "choose 1 to 280" : "", fault?.Message ?? "");
    }

    [Fact]
    public void The_last_contract_that_there_is_room_for_is_no_honest_customers()
    {
        var world = new World(ScenarioLoader.Load(ScenarioFolder.Open("B04")), 1);
        var honest = Enumerable
            .Range(0, world.Scenario.Roles.Length)
            .Where(role => world.Scenario.Roles[role].Credential == CredentialKind.Customer)
            .Max(role => world.PersonOf(role, world.Scenario.Roles[role].Users - 1));

        var last = world.AttackerIdentity(CredentialKind.Customer, world.MostContracts - 1);

        Assert.InRange(last.Number, honest + world.Population.Plan.Family, world.Population.Count);
    }

    [Fact]
    public void No_partner_or_agent_shares_a_credential_with_another_role_or_the_attacker()
    {
        var scenario = ScenarioLoader.Load(ScenarioFolder.Open("B03"));
        var partner = scenario.Roles[0] with { Credential = CredentialKind.Partner, Users = 100_000 };
        var world = new World(scenario with { Roles = [partner, partner] }, 1);

        var all = new HashSet<SimulatedIdentity>();
        for (var user = 0; user < partner.Users; user++)
        {
            Assert.True(all.Add(world.HonestIdentity(0, user)!.Value) && all.Add(world.HonestIdentity(1, user)!.Value));
        }
        Assert.All(
            Enumerable.Range(0, 1_000),
            k => Assert.DoesNotContain(world.AttackerIdentity(CredentialKind.Partner, k), all)
        );
    }

    private static ReplayResult Run(string scenario, string variant, int identities) =>
        Assert.Single(
            ReplayRunner.Run(
                new ReplayOptions
                {
                    Scenarios = [scenario],
                    Variant = variant,
                    Knowledge = [KnowledgeLevel.Spec],
                    Attackers = [AttackerKind.Proxies],
                    Identities = identities,
                }
            )
        );
}
