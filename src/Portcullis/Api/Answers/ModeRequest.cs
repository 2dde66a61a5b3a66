namespace Portcullis.Api.Answers;

/// <summary>Switches one operation.</summary>
/// <param name="Mode"><c>enforce</c>, <c>monitor</c>, or <c>policy</c> to follow the policy again.</param>
/// <param name="Why">Recorded with the switch.</param>
/// <param name="Until">A duration (<c>15m</c>, <c>7d</c>) or a time; null for ever.</param>
internal sealed record ModeRequest(string Mode, string Why, string? Until = null);
