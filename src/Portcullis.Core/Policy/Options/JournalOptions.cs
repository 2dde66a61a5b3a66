namespace Portcullis.Core.Policy.Options;

/// <summary>How the journal is kept on disk.</summary>
public sealed record JournalOptions
{
    [Option(
        "Bytes of one journal file. A file goes once every store has taken it in.",
        IsSize = true,
        Min = "64KiB",
        Max = "1GiB"
    )]
    public long Segment { get; set; } = 64L << 20;

    [Option(
        "Most bytes of all journal files. When stores cannot follow and it is reached, the journal counts as one that cannot be written: see `onJournalFailure`.",
        IsSize = true,
        Min = "1MiB",
        Max = "1TiB"
    )]
    public long Total { get; set; } = 16L << 30;
}
