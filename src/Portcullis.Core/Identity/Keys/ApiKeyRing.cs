using System.Collections.Frozen;
using System.Security.Cryptography;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity.Keys;

/// <summary>All keys in force, immutable: swapped by one reference, so that a revocation holds for the very next request.</summary>
internal sealed class ApiKeyRing(IEnumerable<ApiKey> keys)
{
    public static readonly ApiKeyRing Empty = new([]);

    private readonly FrozenDictionary<Key128, ApiKey> _byHash = keys.ToFrozenDictionary(key => Key128.Read(key.Hash));

    public int Count => _byHash.Count;

    /// <summary>The key of that text if it is good at this moment; allocates nothing.</summary>
    public ApiKey? Find(ReadOnlySpan<char> text, long wallNow)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (_byHash.Count == 0 || !ApiKeyText.TryHash(text, hash) || !_byHash.TryGetValue(Key128.Read(hash), out var key))
        {
            return null;
        }
        // The look-up compared half of the hash; the whole is compared in constant time.
        return CryptographicOperations.FixedTimeEquals(hash, key.Hash) && wallNow < key.Identity.ExpiresAt ? key : null;
    }
}
