namespace Portcullis.Api.Answers;

/// <summary>What went wrong (RFC 9457).</summary>
internal sealed record ProblemAnswer(string Title, int Status, string Detail);
