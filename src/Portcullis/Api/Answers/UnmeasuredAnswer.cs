namespace Portcullis.Api.Answers;

/// <summary>An answer that left without being read.</summary>
/// <param name="Record">Number of its journal record; <c>before</c> takes it.</param>
/// <param name="Incident">What <c>explain</c> takes.</param>
/// <param name="At">When the request came.</param>
/// <param name="Operation">The operation.</param>
/// <param name="Caller">Hash of the caller, or of the network of an anonymous one.</param>
/// <param name="Rung">How the caller is known.</param>
/// <param name="Status">Status of the answer.</param>
internal sealed record UnmeasuredAnswer(
    long Record,
    string Incident,
    DateTimeOffset At,
    string Operation,
    string Caller,
    string Rung,
    int Status
);
