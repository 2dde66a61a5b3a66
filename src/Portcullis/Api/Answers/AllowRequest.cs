namespace Portcullis.Api.Answers;

/// <summary>Lets the caller of an incident pass the rule that stopped it, on that operation only.</summary>
/// <param name="Until">A duration (<c>7d</c>) or a time, at most 90 days ahead.</param>
/// <param name="Why">Recorded with the allowance.</param>
internal sealed record AllowRequest(string Until, string Why = "");
