namespace Portcullis.Analysis.Exposures;

/// <summary>What one caller received, in all and by operation.</summary>
/// <param name="Caller">The caller's totals.</param>
/// <param name="Operations">By operation, most people first.</param>
public sealed record CallerExposure(CallerEntry Caller, IReadOnlyList<OperationExposure> Operations);
