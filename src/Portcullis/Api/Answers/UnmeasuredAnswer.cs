namespace Portcullis.Api.Answers;

/// <summary>An answer that left without being read.</summary>
internal sealed record UnmeasuredAnswer(
    string Incident,
    DateTimeOffset At,
    string Operation,
    string Caller,
    string Rung,
    int Status
);
