using Portcullis.Core.Identity.Keys;

namespace Portcullis.Core.Identity;

/// <summary>One who signs tokens: by what key, for whom, and which claim names the account.</summary>
public sealed record TokenIssuer
{
    /// <summary>The exact <c>iss</c>; null accepts tokens without one, and only as the sole issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>Accepted <c>aud</c> values, one of which must be present; empty accepts any.</summary>
    public string[] Audiences { get; init; } = [];

    /// <summary>Keys from a secret or file; null when they come from <see cref="JwksUrl"/>.</summary>
    public TokenKeys? Keys { get; init; }

    /// <summary>Where the provider publishes its keys.</summary>
    public Uri? JwksUrl { get; init; }

    /// <summary>Accepted <c>alg</c> values; empty accepts every supported one that fits the key.</summary>
    public string[] Algorithms { get; init; } = [];

    /// <summary>Tolerated difference of clocks; 30 s unless set.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Claim that names the account.</summary>
    public string AccountClaim { get; init; } = "sub";

    /// <summary>Name space of account names, part of every account's key: issuers and replies that share one share accounts.</summary>
    public string Realm { get; init; } = "";

    /// <summary>Claim with the account's time of creation (Unix seconds or ISO 8601); null knows none.</summary>
    public string? CreatedClaim { get; init; }

    /// <summary>Claim that names the client application; null tries <c>azp</c>, then <c>client_id</c>.</summary>
    public string? ClientClaim { get; init; }

    /// <summary>Who holds one of its tokens; a shared one names nobody.</summary>
    public KeySharing Sharing { get; init; }

    /// <summary>Header in which holders of a shared token, and nobody else, name the end user.</summary>
    public string? EndUserHeader { get; init; }

    /// <summary>How the key cache knows it: the key set's address.</summary>
    internal string KeySource => JwksUrl?.AbsoluteUri ?? Issuer ?? "";
}
