namespace Portcullis.Core.Policy;

/// <summary>How much is held, and how long, before a verdict.</summary>
public sealed record HoldLimits
{
    /// <summary>Bytes of one body, encoded or decoded; 1 MiB unless set.</summary>
    public int PerBody { get; init; } = 1 << 20;

    /// <summary>Bytes of all bodies held at once, counted until flushed; 256 MiB unless set.</summary>
    public long Total { get; init; } = 256L << 20;

    /// <summary>Longest wait for a body to be complete; 30 s unless set.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most exchanges in flight at once; 10,000 unless set.</summary>
    public int Exchanges { get; init; } = 10_000;
}
