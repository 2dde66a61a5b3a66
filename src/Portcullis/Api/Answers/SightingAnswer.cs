namespace Portcullis.Api.Answers;

/// <summary>One time a person's record was in an answer.</summary>
/// <param name="At">When.</param>
/// <param name="Caller">Hash of who received it.</param>
/// <param name="Rung">What the hash stands for.</param>
/// <param name="Operation">Through which operation.</param>
/// <param name="Classes">Which data classes.</param>
/// <param name="Outcome">released, masked or dropped.</param>
/// <param name="Incident">Id of the exchange.</param>
internal sealed record SightingAnswer(
    DateTimeOffset At,
    string Caller,
    string Rung,
    string Operation,
    IReadOnlyList<string> Classes,
    string Outcome,
    string Incident
);
