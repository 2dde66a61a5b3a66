namespace Portcullis.Storage.Journal;

/// <summary>What opening the journal found.</summary>
/// <param name="FirstSequence">Sequence of the oldest record kept; one past the last when there is none.</param>
/// <param name="LastSequence">Sequence of the latest record.</param>
/// <param name="Notes">What had to be cut or set aside, one sentence each; empty when all was well.</param>
public sealed record JournalReport(long FirstSequence, long LastSequence, IReadOnlyList<string> Notes);
