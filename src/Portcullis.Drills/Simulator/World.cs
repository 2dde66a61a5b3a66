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

    /// <summary>How many customers' contracts an attacker can hold, from the end of the population, without an honest customer's among them.</summary>
    public int MostContracts => (LastContract - Scenario.PeopleOfCallers) / Population.Plan.Family + 1;

    private int LastContract => Population.FamilyOf(Population.Count - 1);

    /// <summary>The credential an attacker's identity holds: customers at the end of the population, partners and agents nobody else is.</summary>
    public SimulatedIdentity AttackerIdentity(CredentialKind kind, int number) =>
        kind == CredentialKind.Customer
            ? new SimulatedIdentity(kind, LastContract - number * Population.Plan.Family)
            : new SimulatedIdentity(kind, NumberOf(Scenario.Roles.Length, number));

    /// <summary>The credential of an honest caller, or null.</summary>
    public SimulatedIdentity? HonestIdentity(int role, int user) =>
        Scenario.Roles[role].Credential switch
        {
            CredentialKind.None => null,
            CredentialKind.Customer => new SimulatedIdentity(CredentialKind.Customer, PersonOf(role, user)),
            var kind => new SimulatedIdentity(kind, NumberOf(role, user)),
        };

    /// <summary>Whether a record was the attacker's own all along.</summary>
    /// <param name="person">Whose record.</param>
    /// <param name="contracts">How many customers' contracts the attacker holds.</param>
    public bool IsAttackersOwn(int person, int contracts) => person >= LastContract - (contracts - 1) * Population.Plan.Family;

    // A role has 100,000 users at most; the attacker comes after the last role.
    private static int NumberOf(int role, int user) => role * 100_000 + user;
}
