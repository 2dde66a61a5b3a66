namespace Portcullis.Api.Answers;

/// <summary>A restriction in force.</summary>
internal sealed record RestrictionAnswer(string Target, string Why, DateTimeOffset? Until);
