namespace Portcullis.Api.Answers;

/// <summary>Stops a caller or network at once.</summary>
/// <param name="Target">A hash, an account, <c>key:NAME</c> or <c>network:ADDRESS</c>.</param>
/// <param name="Why">Recorded, shown to operators only; name nobody in it.</param>
/// <param name="Until">A duration (<c>12h</c>, <c>7d</c>) or a time; null for ever.</param>
internal sealed record RestrictRequest(string Target, string Why, string? Until = null);
