namespace Portcullis.Analysis.Exposures;

/// <summary>How often one reason objected on one operation.</summary>
/// <param name="Reason">Id of the reason.</param>
/// <param name="Exchanges">Exchanges with a verdict of mask or harder by it.</param>
/// <param name="Callers">Distinct callers among them.</param>
/// <param name="Enforced">How many of the exchanges were really refused, masked or clipped; the rest would have been.</param>
public sealed record ObjectionCount(string Reason, long Exchanges, long Callers, long Enforced);
