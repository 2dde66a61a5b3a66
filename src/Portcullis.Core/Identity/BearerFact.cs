using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>A bearer token that the issuers of the policy are asked about.</summary>
/// <param name="Credential">Hash of the token; empty when it is no text at all.</param>
/// <param name="Proof">What it proves, expiry and revocation aside.</param>
internal readonly record struct BearerFact(Key128 Credential, TokenVerdict Proof)
{
    /// <summary>True when there is such a token.</summary>
    public bool IsThere { get; init; } = true;
}
