namespace Portcullis.Core.Identity;

/// <summary>Which credentials are looked for, and where, compiled from the policy.</summary>
public sealed record IdentityPlan
{
    /// <summary>Header of an API key of the own store; null looks for none.</summary>
    public string? ApiKeyHeader { get; init; } = "X-Api-Key";
}
