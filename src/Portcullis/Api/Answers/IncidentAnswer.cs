namespace Portcullis.Api.Answers;

/// <summary>One exchange explained.</summary>
internal sealed record IncidentAnswer
{
    public required string Incident { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Caller { get; init; }

    public required string Rung { get; init; }

    public required string Network { get; init; }

    public required string Operation { get; init; }

    /// <summary>Status of the upstream's answer; 0 when it was not asked.</summary>
    public required int UpstreamStatus { get; init; }

    /// <summary>allow, observe, mask, clip, throttle or refuse.</summary>
    public required string Verdict { get; init; }

    /// <summary>False when the verdict was only recorded.</summary>
    public required bool IsEnforced { get; init; }

    /// <summary>Id of the rule that spoke.</summary>
    public string? Reason { get; init; }

    public string? Explanation { get; init; }

    public required int Items { get; init; }

    /// <summary>Items that left.</summary>
    public required int Released { get; init; }

    public required PhaseAnswer Milliseconds { get; init; }

    /// <summary>The budget that it did not fit, as used then; null when it was no budget, or longer ago than is kept.</summary>
    public BudgetAnswer? Exceeded { get; init; }

    /// <summary>Budgets that cover this caller here, as used now.</summary>
    public required IReadOnlyList<BudgetAnswer> Budgets { get; init; }

    /// <summary>The smallest exception that would have let it pass.</summary>
    public required string Remedy { get; init; }

    /// <summary>True when <c>allow</c> can make that exception.</summary>
    public required bool CanBeAllowed { get; init; }

    public AllowanceAnswer? Allowance { get; init; }

    /// <summary>What else the caller did within ten minutes of it.</summary>
    public required IReadOnlyList<NearbyAnswer> Nearby { get; init; }
}
