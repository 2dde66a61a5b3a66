namespace Portcullis.Analysis.Exposures;

/// <summary>How the stores stand to the journal, which keeps on disk what they lack.</summary>
/// <param name="JournalBytes">Bytes of all journal files.</param>
/// <param name="JournalLimit">Most bytes they may have.</param>
/// <param name="Stores">The stores that follow it.</param>
public sealed record LedgerStanding(long JournalBytes, long JournalLimit, IReadOnlyList<StoreStanding> Stores);
