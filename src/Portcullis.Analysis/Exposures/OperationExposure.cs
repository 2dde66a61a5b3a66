namespace Portcullis.Analysis.Exposures;

/// <summary>What one caller received through one operation.</summary>
/// <param name="Operation">Index of the operation; -1 when unknown.</param>
/// <param name="Exchanges">How many.</param>
/// <param name="People">Distinct subjects released.</param>
/// <param name="Classes">Data classes released, one bit each.</param>
/// <param name="LastSeen">Gate time of the latest exchange.</param>
public sealed record OperationExposure(int Operation, long Exchanges, long People, ulong Classes, long LastSeen);
