namespace Portcullis.Core.Identity.Keys;

/// <summary>What an operator asks a new API key to be.</summary>
public sealed record ApiKeyRequest
{
    /// <summary>What people call it; 1–100 characters.</summary>
    public required string Name { get; init; }

    /// <summary>The account it acts for: keys of one owner share their budgets. Null names none.</summary>
    public string? Owner { get; init; }

    /// <summary>Readable as <c>token.scope</c>.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>Readable as <c>token.roles</c>.</summary>
    public string[] Roles { get; init; } = [];

    /// <summary>Names of pools its callers belong to.</summary>
    public string[] Pools { get; init; } = [];

    /// <summary>When it ends; null never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public KeySharing Sharing { get; init; }

    /// <summary>Header in which requests with this key, and no others, name their end user.</summary>
    public string? EndUserHeader { get; init; }
}
