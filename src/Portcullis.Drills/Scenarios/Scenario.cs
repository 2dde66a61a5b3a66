namespace Portcullis.Drills.Scenarios;

/// <summary>A scripted breach: the API, the honest callers, the attack in its variants and what may be lost.</summary>
public sealed record Scenario
{
    /// <summary>Variant without attacker; exists for every scenario.</summary>
    public const string Control = "control";

    /// <summary>Variant whose attacker wants honest callers refused; exists for every scenario.</summary>
    public const string Lockout = "lockout";

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>The folder it was read from, for messages.</summary>
    public required string Folder { get; init; }

    /// <summary>Whether it comes with the product.</summary>
    public required bool IsBuiltIn { get; init; }

    /// <summary>Virtual days of a run, the seven learning days included.</summary>
    public required int Days { get; init; }

    /// <summary>Day on which the main phase of the attack begins, 0-based.</summary>
    public required int AttackDay { get; init; }

    /// <summary>Day of the flash sale.</summary>
    public required int SaleDay { get; init; }

    /// <summary>Day on which the app's new release changes its fingerprint.</summary>
    public required int ReleaseDay { get; init; }

    public required PopulationPlan Population { get; init; }

    public required OperationShape[] Operations { get; init; }

    public required RoleShape[] Roles { get; init; }

    /// <summary>Variants of the attack by name, control and lockout included; the first is the default.</summary>
    public required KeyValuePair<string, AttackShape>[] Variants { get; init; }

    public required Expectation[] Expectations { get; init; }

    /// <summary>Share of honest requests that may be denied.</summary>
    public required double BenignDeniedRate { get; init; }

    /// <summary>Text of the contract.</summary>
    public required string Contract { get; init; }

    /// <summary>Text of the policy that adds ownership and budgets.</summary>
    public required string Policy { get; init; }

    /// <summary>How many people, from the first, are kept for honest callers and their families.</summary>
    public int PeopleOfCallers =>
        Roles.Where(role => role.Whom == Whom.Own || role.Credential == CredentialKind.Customer).Sum(role => role.Users)
        * Population.Family;

    public OperationShape Operation(string name) => Operations.First(operation => operation.Name == name);

    public AttackShape? Variant(string name) => Variants.FirstOrDefault(pair => pair.Key == name).Value;

    /// <summary>The promise for a variant at a knowledge level, or null where none is made.</summary>
    public Expectation? Expected(string variant, KnowledgeLevel knowledge) =>
        Expectations.FirstOrDefault(expected => expected.Variant == variant && expected.Knowledge.Contains(knowledge));
}
