namespace Portcullis.Drills.Scenarios;

/// <summary>A kind of honest caller and how it behaves.</summary>
public sealed record RoleShape
{
    public required string Name { get; init; }

    public required int Users { get; init; }

    /// <summary>Mean requests a day of the user who asks least.</summary>
    public required double PerDay { get; init; }

    /// <summary>Mean requests of the busiest user; the others lie evenly between. As <see cref="PerDay"/> when all are alike.</summary>
    public required double PerDayMost { get; init; }

    public required CredentialKind Credential { get; init; }

    public required NetworkKind Network { get; init; }

    public required Rhythm Rhythm { get; init; }

    public required Whom Whom { get; init; }

    /// <summary>People each caller serves, when it serves a fixed set.</summary>
    public required int Customers { get; init; }

    /// <summary>Share of requests whose value belongs to nobody (typing errors, stale links).</summary>
    public required double Misses { get; init; }

    /// <summary>Share of own requests that ask for another line of the family.</summary>
    public required double Family { get; init; }

    /// <summary>How many times its usual traffic the flash-sale day brings; 1 for none.</summary>
    public required double FlashSale { get; init; }

    /// <summary>Operations and their weights.</summary>
    public required KeyValuePair<string, double>[] Asks { get; init; }
}
