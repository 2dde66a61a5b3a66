namespace Portcullis.Drills.Simulator;

/// <summary>Something that sends requests at times of its own.</summary>
public abstract class RequestSource
{
    public const long HourMilliseconds = 3_600_000;
    public const long DayMilliseconds = 24 * HourMilliseconds;

    /// <summary>When the next request is due, milliseconds since the run began; <see cref="long.MaxValue"/> when there is none.</summary>
    public long NextAt { get; protected set; }

    /// <summary>Writes the due request and moves on.</summary>
    public abstract void Take(SimulatedRequest request);
}
