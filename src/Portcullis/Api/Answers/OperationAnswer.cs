namespace Portcullis.Api.Answers;

/// <summary>One operation: what it returns and how it is judged.</summary>
internal sealed record OperationAnswer
{
    public required int Index { get; init; }

    public required string Upstream { get; init; }

    public required string Operation { get; init; }

    /// <summary>False when only traffic taught it.</summary>
    public required bool IsDeclared { get; init; }

    /// <summary>Mode in force now: monitor or enforce.</summary>
    public required string Mode { get; init; }

    /// <summary>When the switch of its mode ends by itself; null for none or never.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why it was switched; null when the policy's mode counts.</summary>
    public string? Why { get; init; }

    /// <summary>Data classes its answers carried.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Whether anonymous callers received personal data.</summary>
    public required bool AnonymousPersonalData { get; init; }

    public required long Exchanges { get; init; }

    public required long Callers { get; init; }

    /// <summary>Most distinct people one caller received.</summary>
    public required long MostPeople { get; init; }
}
