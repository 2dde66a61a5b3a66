using Portcullis.Core.Identity.Keys;

namespace Portcullis.Core.Identity;

/// <summary>What policy says of tokens given to one client application.</summary>
public sealed record ClientRule
{
    /// <summary>The client id, UTF-8.</summary>
    public required byte[] Client { get; init; }

    /// <summary>Pools its callers belong to.</summary>
    public ulong Pools { get; init; }

    /// <summary>Who holds one of its tokens; the account of a shared one is a pool and no person.</summary>
    public KeySharing Sharing { get; init; }

    /// <summary>Header in which this client, and no other, names its end user.</summary>
    public string? EndUserHeader { get; init; }

    /// <summary>Claim in which tokens of this client name the end user.</summary>
    public string? EndUserClaim { get; init; }

    /// <summary>Name space of its end users' names; empty shares the accounts of tokens.</summary>
    public string Realm { get; init; } = "";
}
