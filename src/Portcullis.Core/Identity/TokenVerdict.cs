using Portcullis.Core.Decisions;

namespace Portcullis.Core.Identity;

/// <summary>What became of a token: an identity, a fault, or a need for keys.</summary>
/// <param name="Identity">What it proved; null when it proved nothing.</param>
/// <param name="Fault">Why it is refused.</param>
/// <param name="Need">What must be fetched before it can be judged.</param>
/// <param name="IsForgery">True when the signature is wrong, so that the same bytes need not be checked again.</param>
internal readonly record struct TokenVerdict(
    VerifiedIdentity? Identity,
    Reason? Fault,
    Need? Need = null,
    bool IsForgery = false
);
