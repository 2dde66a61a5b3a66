namespace Portcullis.Api.Answers;

/// <summary>Something an operator or a policy changed.</summary>
internal sealed record EventAnswer
{
    /// <summary>Number of its journal record; <c>before</c> takes it.</summary>
    public required long Record { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>policy, mode, bypass, restrict, release, allow or revoke.</summary>
    public required string Kind { get; init; }

    /// <summary>The operation it is about; null where it is about none.</summary>
    public required string? Operation { get; init; }

    /// <summary>Hash of the caller or network it is about, or the version of a policy.</summary>
    public required string? Target { get; init; }

    /// <summary>enforce, monitor or policy; null where no mode changed.</summary>
    public required string? Mode { get; init; }

    /// <summary>The rule an allowance covers.</summary>
    public required string? Reason { get; init; }

    /// <summary>When it ends by itself; null for never.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>What the operator gave as reason.</summary>
    public required string? Why { get; init; }
}
