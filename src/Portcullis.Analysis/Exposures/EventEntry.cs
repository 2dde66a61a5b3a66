using Portcullis.Core.Journal;

namespace Portcullis.Analysis.Exposures;

/// <summary>Something an operator or a policy changed, as the ledger keeps it.</summary>
/// <param name="Sequence">Its journal record.</param>
/// <param name="Change">What was recorded.</param>
public sealed record EventEntry(long Sequence, EventRecord Change);
