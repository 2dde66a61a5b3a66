using Portcullis.Analysis.Readiness;

namespace Portcullis.Drills.Replay;

/// <summary>What the product says of one monitored operation.</summary>
/// <param name="Operation">Its index.</param>
/// <param name="Advice">What to do.</param>
/// <param name="DailyLimit">Proposed budget of distinct people per caller and day; null when too little was seen.</param>
/// <param name="Because">Why.</param>
public sealed record ReadyOperation(int Operation, Advice Advice, int? DailyLimit, string Because);
