using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>
/// Credentials only the upstream can judge: session cookies, opaque tokens, keys of its own. One counts from the moment the upstream
/// accepted it on an operation that refuses others, until it was silent for the lifetime, and ends when the upstream refuses it.
/// </summary>
internal sealed class Sessions(KeyRing keys, int capacity)
{
    private readonly CredentialTable<Vouched> _vouched = new(capacity);

    /// <summary>What a credential stands for, or null while nobody vouched for it.</summary>
    public VerifiedIdentity? Find(Key128 credential, long now)
    {
        if (!_vouched.TryGet(credential, now, out var vouched) || vouched.Until <= now)
        {
            return null;
        }
        return vouched.Identity;
    }

    /// <summary>The upstream accepted it now.</summary>
    /// <param name="credential">Hash of the credential.</param>
    /// <param name="account">The account it is known to belong to; empty when unknown.</param>
    /// <param name="now">Gate time.</param>
    /// <param name="lifetime">How long the upstream's word lasts.</param>
    public VerifiedIdentity Vouch(Key128 credential, Key128 account, long now, TimeSpan lifetime)
    {
        var rung = account.IsEmpty ? Rung.Session : Rung.Account;
        var key = account.IsEmpty ? KeyOf(keys, credential) : account;
        if (!_vouched.TryGet(credential, now, out var vouched) || vouched.Identity.Key != key)
        {
            vouched = new Vouched(new VerifiedIdentity(rung, key, ClaimSet.None, long.MaxValue), 0);
        }
        _vouched.Set(credential, now, vouched with { Until = now + (long)lifetime.TotalMilliseconds });
        return vouched.Identity;
    }

    /// <summary>The upstream refused it, or it was revoked.</summary>
    public void End(Key128 credential) => _vouched.Remove(credential);

    /// <summary>The rung of a credential that resolves to no account.</summary>
    public static Key128 KeyOf(KeyRing keys, Key128 credential)
    {
        Span<byte> bytes = stackalloc byte[Key128.Size];
        credential.Write(bytes);
        return keys.Hash(KeyPurpose.Caller, (byte)Rung.Session, bytes);
    }

    private readonly record struct Vouched(VerifiedIdentity Identity, long Until);
}
