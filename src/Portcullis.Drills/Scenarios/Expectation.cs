namespace Portcullis.Drills.Scenarios;

/// <summary>The promise for one cell: how much may be lost.</summary>
public sealed record Expectation
{
    public required string Variant { get; init; }

    public required KnowledgeLevel[] Knowledge { get; init; }

    /// <summary>Records lost at most, whatever the number of identities.</summary>
    public required int Lost { get; init; }

    /// <summary>Records lost at most for each attacker identity; 0 when the number of identities changes nothing.</summary>
    public required int PerIdentity { get; init; }

    /// <summary>The promise for a number of identities.</summary>
    public int For(int identities) => PerIdentity == 0 ? Lost : (int)Math.Min(Lost, (long)PerIdentity * identities);
}
