namespace Portcullis.Api.Answers;

/// <summary>One caller: known by a keyed hash.</summary>
internal sealed record CallerAnswer
{
    public required string Caller { get; init; }

    /// <summary>What the hash stands for: account, apiKey, certificate, session, or network for anonymous callers.</summary>
    public required string Rung { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required long Exchanges { get; init; }

    /// <summary>Refused or throttled, or would have been.</summary>
    public required long Refused { get; init; }

    /// <summary>Distinct people whose records it received.</summary>
    public required long People { get; init; }

    public required bool IsRestricted { get; init; }
}
