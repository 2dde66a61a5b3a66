namespace Portcullis.Api.Answers;

/// <summary>Gives a key a new text.</summary>
/// <param name="Overlap">How long the old text stays good, for example <c>24h</c>.</param>
internal sealed record KeyRotateRequest(string Overlap = "24h");
