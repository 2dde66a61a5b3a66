using System.Collections.Frozen;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>What was revoked, as one immutable set: tokens by hash or id, accounts by everything issued before a moment.</summary>
public sealed class Revocations(FrozenDictionary<Key128, Revocation> byTarget)
{
    /// <summary>Most revocations in force; the ones that end first make room.</summary>
    public const int Capacity = 100_000;

    public static readonly Revocations None = new(FrozenDictionary<Key128, Revocation>.Empty);

    public int Count => byTarget.Count;

    public IEnumerable<Revocation> All => byTarget.Values;

    /// <summary>True when the credential, its token id or its account was revoked.</summary>
    /// <param name="credential">Hash of the credential itself.</param>
    /// <param name="identity">What it proves.</param>
    /// <param name="wallNow">Wall time.</param>
    public bool Cover(Key128 credential, VerifiedIdentity identity, long wallNow) =>
        Covers(credential, long.MinValue, wallNow)
        || !identity.TokenId.IsEmpty && Covers(identity.TokenId, long.MinValue, wallNow)
        || !identity.Key.IsEmpty && Covers(identity.Key, identity.IssuedAt, wallNow);

    public Revocations With(Revocation revocation, long wallNow) =>
        new(
            byTarget
                .Values.Where(old => old.Target != revocation.Target && old.Until > wallNow)
                .OrderByDescending(old => old.Until)
                .Take(Capacity - 1)
                .Append(revocation)
                .ToFrozenDictionary(one => one.Target)
        );

    private bool Covers(Key128 target, long issuedAt, long wallNow) =>
        byTarget.Count > 0
        && byTarget.TryGetValue(target, out var revocation)
        && revocation.Until > wallNow
        && issuedAt <= revocation.At;
}
