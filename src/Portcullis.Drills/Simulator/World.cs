using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>Everything a run of one scenario and seed is made of, before any gate stands in it.</summary>
public sealed class World
{
    public World(Scenario scenario, ulong seed)
    {
        Scenario = scenario;
        Seed = seed;
        Population = new Population(scenario.Population, seed);
        Mint = new TokenMint(Population, seed);
        Addresses = new AddressPlan(seed);
    }

    public Scenario Scenario { get; }

    public ulong Seed { get; }

    public Population Population { get; }

    public TokenMint Mint { get; }

    public AddressPlan Addresses { get; }

    /// <summary>Users of a role whose callers are customers get the people after those of the roles before it.</summary>
    public int PersonOf(int role, int user)
    {
        var before = 0;
        for (var i = 0; i < role; i++)
        {
            before += Scenario.Roles[i].Credential == CredentialKind.Customer ? Scenario.Roles[i].Users : 0;
        }
        return (before + user) * Population.Plan.Family % Population.Count;
    }

    /// <summary>The credential an attacker's identity holds: customers at the end of the population, partners and agents nobody else is.</summary>
    public SimulatedIdentity AttackerIdentity(CredentialKind kind, int number) =>
        kind == CredentialKind.Customer
            ? new SimulatedIdentity(kind, Population.FamilyOf(Population.Count - 1) - number * Population.Plan.Family)
            : new SimulatedIdentity(kind, 1000 + number);

    /// <summary>The credential of an honest caller, or null.</summary>
    public SimulatedIdentity? HonestIdentity(int role, int user) =>
        Scenario.Roles[role].Credential switch
        {
            CredentialKind.None => null,
            CredentialKind.Customer => new SimulatedIdentity(CredentialKind.Customer, PersonOf(role, user)),
            var kind => new SimulatedIdentity(kind, role * 10_000 + user),
        };

    /// <summary>Whether a record was the attacker's own all along.</summary>
    public bool IsAttackersOwn(int person, CredentialKind kind, int identities)
    {
        if (kind != CredentialKind.Customer)
        {
            return false;
        }
        var last = Population.FamilyOf(Population.Count - 1);
        return person >= last - (identities - 1) * Population.Plan.Family;
    }
}
