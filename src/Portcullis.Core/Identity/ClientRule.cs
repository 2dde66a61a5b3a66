namespace Portcullis.Core.Identity;

/// <summary>What policy says of tokens given to one client application.</summary>
public sealed record ClientRule
{
    /// <summary>The client id, UTF-8.</summary>
    public required byte[] Client { get; init; }

    /// <summary>Pools its callers belong to.</summary>
    public ulong Pools { get; init; }

    /// <summary>True when its tokens stand for many end users, so that the token's own account is a pool and no person.</summary>
    public bool IsShared { get; init; }

    /// <summary>Header in which this client, and no other, names its end user.</summary>
    public string? EndUserHeader { get; init; }

    /// <summary>Claim in which tokens of this client name the end user.</summary>
    public string? EndUserClaim { get; init; }

    /// <summary>Name space of its end users' names; empty shares the accounts of tokens.</summary>
    public string Realm { get; init; } = "";
}
