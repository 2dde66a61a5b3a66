namespace Portcullis.Api.Answers;

/// <summary>Exchanges of one caller with one outcome on one operation, near an incident.</summary>
internal sealed record NearbyAnswer(
    string Operation,
    string Verdict,
    bool IsEnforced,
    string? Reason,
    int Exchanges,
    int Released
);
