namespace Portcullis.Api.Answers;

/// <summary>What a new API key is to be.</summary>
internal sealed record KeyIssueRequest(string Name)
{
    /// <summary>The account it acts for.</summary>
    public string? Owner { get; init; }

    public string[] Scopes { get; init; } = [];

    public string[] Roles { get; init; } = [];

    public string[] Pools { get; init; } = [];

    /// <summary>A duration or a time; null for ever.</summary>
    public string? Until { get; init; }

    /// <summary>none, backEnd or installed: who holds a copy.</summary>
    public string Sharing { get; init; } = "none";

    /// <summary>Header in which requests with this key name their end user.</summary>
    public string? EndUserHeader { get; init; }
}
