namespace Portcullis.Api.Answers;

/// <summary>One store behind the journal.</summary>
/// <param name="Name">What it keeps: state, history.</param>
/// <param name="Behind">Records that wait for it in the journal.</param>
/// <param name="Failure">Why it cannot be written; null when it can.</param>
internal sealed record StoreAnswer(string Name, long Behind, string? Failure);
