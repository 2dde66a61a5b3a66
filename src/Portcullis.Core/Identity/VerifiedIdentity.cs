using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>What a credential proved, immutable and cached: one rung, its claims and its end.</summary>
/// <param name="Rung">The rung it verifies.</param>
/// <param name="Key">Keyed hash of the rung's value.</param>
/// <param name="Claims">What <c>token.NAME</c> reads. Arrays and space-separated scopes are several values.</param>
/// <param name="ExpiresAt">Wall time in milliseconds since the Unix epoch from which on it proves nothing; <see cref="long.MaxValue"/> for never.</param>
public sealed record VerifiedIdentity(Rung Rung, Key128 Key, ClaimSet Claims, long ExpiresAt)
{
    /// <summary>The client application (azp, client_id) the credential was given to, as a keyed hash; empty when it names none.</summary>
    public Key128 Client { get; init; }

    /// <summary>The client application's id, UTF-8; empty when it names none.</summary>
    public byte[] ClientId { get; init; } = [];

    /// <summary>True when the credential names a single person or tenant; an app-embedded key or shared back-end key does not.</summary>
    public bool NamesOnePerson { get; init; } = true;

    /// <summary>Keyed hash of the token's <c>jti</c>; empty when it has none.</summary>
    public Key128 TokenId { get; init; }

    /// <summary>Wall time of issue, milliseconds since the Unix epoch; 0 when unknown.</summary>
    public long IssuedAt { get; init; }

    /// <summary>When the account was created by its provider's word, milliseconds since the Unix epoch; <see cref="long.MaxValue"/> when unknown.</summary>
    public long CreatedAt { get; init; } = long.MaxValue;

    /// <summary>What is the caller's own, where it was asked last.</summary>
    internal Exposure.OwnRecords? Own { get; set; }

    /// <summary>Who signed it; null for what is no token.</summary>
    internal TokenIssuer? Issuer { get; init; }
}
