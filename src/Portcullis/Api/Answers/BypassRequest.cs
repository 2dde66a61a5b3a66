namespace Portcullis.Api.Answers;

/// <summary>Lets one operation pass for a while: everything is still judged and recorded, nothing is refused.</summary>
/// <param name="For">A duration of at most 24 hours, for example <c>15m</c>.</param>
/// <param name="Why">Recorded with the bypass.</param>
internal sealed record BypassRequest(string For, string Why);
