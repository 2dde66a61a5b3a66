namespace Portcullis.Analysis.Exposures;

/// <summary>How far one background store has followed the journal.</summary>
/// <param name="Name">What it keeps: state, history.</param>
/// <param name="Position">Latest journal record it holds.</param>
/// <param name="Failure">Why its last attempt to write failed; null when it did not.</param>
public sealed record StoreStanding(string Name, long Position, string? Failure);
