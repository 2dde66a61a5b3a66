using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>
/// Tokens already verified, so that a known one costs one hash and one look-up. Expiry and revocation are judged at every use; a change
/// of policy or key set makes every token be verified again. Forgeries have a table of their own, so that no flood of them pushes out a
/// good token.
/// </summary>
internal sealed class VerifiedTokens(TokenVerifier verifier, GateClock clock, JwksCache keySets, int capacity)
{
    private const int ForgeryCapacity = 16 * 1024;

    private readonly CredentialTable<Proof> _proofs = new(capacity);
    private readonly CredentialTable<Stamp> _forgeries = new(ForgeryCapacity);
    private Revocations _revocations = Revocations.None;

    public Revocations Revocations => Volatile.Read(ref _revocations);

    public void Revoke(Revocation revocation)
    {
        Revocations before;
        Revocations after;
        do
        {
            before = Revocations;
            after = before.With(revocation, clock.WallNow);
        } while (Interlocked.CompareExchange(ref _revocations, after, before) != before);
        _proofs.Remove(revocation.Target);
    }

    /// <summary>What a token proves now: <see cref="Read"/> and <see cref="Judge"/> in one.</summary>
    public TokenVerdict Prove(IdentityPlan plan, Key128 key, ReadOnlySpan<byte> text) => Judge(key, Read(plan, key, text));

    /// <summary>What a token's signature proves, whether or not it still counts.</summary>
    /// <param name="plan">The policy's word on tokens.</param>
    /// <param name="key">Hash of the token.</param>
    /// <param name="text">The token, for when it is not known yet.</param>
    public TokenVerdict Read(IdentityPlan plan, Key128 key, ReadOnlySpan<byte> text)
    {
        var now = clock.Now;
        var stamp = new Stamp(plan, keySets.Version);
        if (_proofs.TryGet(key, now, out var proof) && proof.Stamp == stamp)
        {
            return new TokenVerdict(proof.Identity, null);
        }
        if (_forgeries.TryGet(key, now, out var seen) && seen == stamp)
        {
            return new TokenVerdict(null, IdentityReasons.Invalid);
        }
        var verdict = verifier.Verify(plan, key, text);
        if (verdict.Identity is { } identity)
        {
            _proofs.Set(key, now, new Proof(identity, stamp));
        }
        else if (verdict.IsForgery)
        {
            _forgeries.Set(key, now, stamp);
        }
        return verdict;
    }

    /// <summary>The proof, unless it has expired or was revoked by now.</summary>
    public TokenVerdict Judge(Key128 key, in TokenVerdict proof)
    {
        if (proof.Identity is not { } identity)
        {
            return proof;
        }
        var wallNow = clock.WallNow;
        if (wallNow >= identity.ExpiresAt)
        {
            return new TokenVerdict(null, IdentityReasons.Expired);
        }
        return Revocations.Cover(key, identity, wallNow) ? new TokenVerdict(null, IdentityReasons.Revoked) : proof;
    }

    private readonly record struct Stamp(IdentityPlan Plan, int KeyVersion)
    {
        public bool Equals(Stamp other) => ReferenceEquals(Plan, other.Plan) && KeyVersion == other.KeyVersion;

        public override int GetHashCode() => KeyVersion;
    }

    private readonly record struct Proof(VerifiedIdentity Identity, Stamp Stamp);
}
