namespace Portcullis.Core.Policy.Options;

/// <summary>How much is held, and how long, before a verdict.</summary>
public sealed record HoldOptions
{
    [Option(
        "Most bytes of one body, encoded or decoded; larger answers are unmeasured, larger requests are refused where a guard reads them, forms always.",
        IsSize = true,
        Min = "1KiB",
        Max = "256MiB"
    )]
    public long PerBody { get; set; } = 1 << 20;

    [Option("Most bytes of all bodies held at once, counted until flushed.", IsSize = true, Min = "1MiB", Max = "1TiB")]
    public long Total { get; set; } = 256L << 20;

    [Option(
        "Longest wait for a body to be complete, and for a client to take the next 64 KiB of a held one.",
        Min = "100ms",
        Max = "10m"
    )]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    [Option(
        "Most exchanges in flight at once. What comes on top is answered by the operation's `onFailure`: `closed` says 503 and when to try again.",
        Min = "1",
        Max = "1000000"
    )]
    public int Exchanges { get; set; } = 10_000;
}
