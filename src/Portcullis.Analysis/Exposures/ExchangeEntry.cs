using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Analysis.Exposures;

/// <summary>One recorded exchange without its items.</summary>
public sealed record ExchangeEntry
{
    public required long Sequence { get; init; }

    /// <summary>Gate time, milliseconds since the Unix epoch.</summary>
    public required long At { get; init; }

    /// <summary>Index of the operation; -1 when unknown.</summary>
    public required int Operation { get; init; }

    public required int Status { get; init; }

    public required VerdictKind Verdict { get; init; }

    /// <summary>False when the verdict was only recorded.</summary>
    public required bool IsEnforced { get; init; }

    public required bool WasForwarded { get; init; }

    public required ReleaseKind Release { get; init; }

    /// <summary>Id of the reason, for example <c>exposure/budget</c>; null when nothing objected.</summary>
    public required string? Reason { get; init; }

    /// <summary>Hash of the strongest rung, or of the network for an anonymous caller.</summary>
    public required Key128 Caller { get; init; }

    public required Rung Rung { get; init; }

    public required Key128 Network { get; init; }

    /// <summary>Pool bits, as numbered by the policy then in force.</summary>
    public required ulong Pools { get; init; }

    /// <summary>Items in the answer.</summary>
    public required int Items { get; init; }

    /// <summary>Items that left, masked ones included.</summary>
    public required int Released { get; init; }

    /// <summary>Milliseconds from the start to the end of request head, request body, response head, commit.</summary>
    public required IReadOnlyList<int> PhaseMilliseconds { get; init; }
}
