namespace Portcullis.Api.Answers;

/// <summary>Whether one operation is ready to enforce, and what that would have done.</summary>
internal sealed record ReadyAnswer
{
    public required int Index { get; init; }

    public required string Operation { get; init; }

    /// <summary>Mode in force now.</summary>
    public required string Mode { get; init; }

    public required long Exchanges { get; init; }

    public required long Callers { get; init; }

    /// <summary>What would have been refused, masked or clipped, most frequent first.</summary>
    public required IReadOnlyList<ObjectionAnswer> Objections { get; init; }

    /// <summary>A daily budget of distinct people per caller, from what was learned; null when too little was.</summary>
    public int? ProposedBudget { get; init; }

    /// <summary>promote, look, wait or enforced.</summary>
    public required string Advice { get; init; }

    public required string Because { get; init; }
}
