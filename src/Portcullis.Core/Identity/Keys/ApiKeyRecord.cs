namespace Portcullis.Core.Identity.Keys;

/// <summary>An API key as it is stored: everything but the key.</summary>
public sealed record ApiKeyRecord
{
    /// <summary>Names the key for people and stays the same when it is rotated; 8 characters.</summary>
    public required string Id { get; init; }

    public required ApiKeyRequest Settings { get; init; }

    /// <summary>SHA-256 of the key, 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>SHA-256 of the key before the latest rotation.</summary>
    public string? PreviousHash { get; init; }

    /// <summary>Until when the previous key is still good.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}
