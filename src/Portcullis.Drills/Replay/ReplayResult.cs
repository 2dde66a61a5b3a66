using System.Text.Json.Serialization;

namespace Portcullis.Drills.Replay;

/// <summary>One cell of a replay: what the attacker got and what honest callers paid, without and with the gate.</summary>
public sealed record ReplayResult
{
    public required string Scenario { get; init; }

    public required string Variant { get; init; }

    public required string Knowledge { get; init; }

    public required string Attacker { get; init; }

    /// <summary>Attacker identities.</summary>
    public required int K { get; init; }

    public required string Scale { get; init; }

    public required ulong Seed { get; init; }

    public required long AttackRequests { get; init; }

    public required long BenignRequests { get; init; }

    public required long BenignCallers { get; init; }

    /// <summary>People whose record the upstream keeps.</summary>
    public required long RecordsAtStake { get; init; }

    /// <summary>Records lost to the same attacker without a gate.</summary>
    public required long LostWithout { get; init; }

    /// <summary>Records lost with the gate: people of whom a protected value reached the attacker.</summary>
    public required long Lost { get; init; }

    public required long LeakFull { get; init; }

    public required long LeakExist { get; init; }

    public required long LeakWrite { get; init; }

    public required long LeakValue { get; init; }

    public required long BenignDenied { get; init; }

    public required double BenignDeniedRate { get; init; }

    /// <summary>Exact upper bound of the rate at 95 % confidence.</summary>
    public required double BenignDeniedUpper95 { get; init; }

    public required long BenignCallersRefused { get; init; }

    /// <summary>The role denied most often; null when none was.</summary>
    public required string? WorstRole { get; init; }

    public required double WorstRoleRate { get; init; }

    /// <summary>Longest time from an honest caller's first denied request to its next answered one.</summary>
    public required double LongestLockoutSeconds { get; init; }

    /// <summary>Which attacker request met the first verdict harder than observing, counted from 1; null when none did.</summary>
    public required long? FirstVerdictAfterRequests { get; init; }

    /// <summary>Seconds from the start of the attack's main phase to the last record lost; 0 when none was lost.</summary>
    public required double StoppedAfterSeconds { get; init; }

    /// <summary>Records that may be lost in this cell; null where nothing is promised.</summary>
    public required long? Target { get; init; }

    /// <summary>Whether loss and honest denials are within the promise; null where nothing is promised, or <see cref="IsUntested"/>.</summary>
    public required bool? Met { get; init; }

    /// <summary>Something is promised of an attacker who gets nothing without a gate either: that it is kept shows nothing.</summary>
    [JsonIgnore]
    public bool IsUntested { get; init; }

    /// <summary>Beyond the table: where losses fell, and the curve for reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplayDetail? Detail { get; init; }
}
