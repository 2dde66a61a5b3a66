using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Analysis.Exposures;

/// <summary>One item of one answer: who received data classes of a subject, when, through which operation.</summary>
/// <param name="Sequence">The exchange's number in the journal.</param>
/// <param name="At">Gate time, milliseconds since the Unix epoch.</param>
/// <param name="Operation">Index of the operation; -1 when unknown.</param>
/// <param name="Caller">Hash of the strongest rung, or of the network for an anonymous caller.</param>
/// <param name="Rung">Which rung that is.</param>
/// <param name="Network">Hash of the client's network prefix.</param>
/// <param name="Classes">Data classes, one bit each.</param>
/// <param name="Outcome">Whether it left, left masked, or was dropped.</param>
public sealed record ExposureEntry(
    long Sequence,
    long At,
    int Operation,
    Key128 Caller,
    Rung Rung,
    Key128 Network,
    ulong Classes,
    ItemOutcome Outcome
);
