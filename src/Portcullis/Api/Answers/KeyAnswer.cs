namespace Portcullis.Api.Answers;

/// <summary>An API key without its text.</summary>
internal sealed record KeyAnswer
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Hash its exposure is counted under.</summary>
    public required string Caller { get; init; }

    public required string Sharing { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    public required IReadOnlyList<string> Pools { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
