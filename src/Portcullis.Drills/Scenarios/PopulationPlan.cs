namespace Portcullis.Drills.Scenarios;

/// <summary>The people a scenario's upstream keeps.</summary>
public sealed record PopulationPlan
{
    /// <summary>How many records there are.</summary>
    public required int People { get; init; }

    /// <summary>First account number.</summary>
    public required int FirstAccount { get; init; }

    /// <summary>Share of the id space that is taken, 0.01–1: what is not is where guesses miss.</summary>
    public required double Density { get; init; }

    /// <summary>People per family contract; a customer may read each of them.</summary>
    public required int Family { get; init; }
}
