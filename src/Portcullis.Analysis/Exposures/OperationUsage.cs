namespace Portcullis.Analysis.Exposures;

/// <summary>What traffic taught of one operation.</summary>
public sealed record OperationUsage
{
    /// <summary>Index of the operation; -1 collects what matched none.</summary>
    public required int Operation { get; init; }

    public required long Exchanges { get; init; }

    /// <summary>Distinct callers, by strongest rung or anonymous network.</summary>
    public required long Callers { get; init; }

    /// <summary>Gate time of the first exchange.</summary>
    public required long FirstSeen { get; init; }

    /// <summary>Most distinct people any one caller ever received.</summary>
    public required long MostPeople { get; init; }

    /// <summary>Callers' days: distinct people one caller received on one UTC day, only days with at least one; quantiles over them.</summary>
    public required PeoplePerDay Daily { get; init; }

    /// <summary>What objected, most frequent first.</summary>
    public required IReadOnlyList<ObjectionCount> Objections { get; init; }
}
