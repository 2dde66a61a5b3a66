namespace Portcullis.Api.Answers;

/// <summary>What one caller received through one operation.</summary>
internal sealed record OperationExposureAnswer(
    string Operation,
    long Exchanges,
    long People,
    IReadOnlyList<string> Classes,
    DateTimeOffset LastSeen
);
