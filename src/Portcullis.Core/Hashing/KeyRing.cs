using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Portcullis.Core.Hashing;

/// <summary>One secret and the per-purpose keys derived from it; its id stands in every journal entry.</summary>
public sealed class KeyRing
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretSize = 32;

    private readonly Key128[] _derived;

    /// <param name="id">Identifies the secret in journal entries; 1 or more.</param>
    /// <param name="secret">32 random bytes.</param>
    /// <exception cref="ArgumentException">The secret is not 32 bytes, or the id is 0.</exception>
    public KeyRing(uint id, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretSize)
        {
            throw new ArgumentException($"A ledger key is {SecretSize} bytes, this one has {secret.Length}.", nameof(secret));
        }
        ArgumentOutOfRangeException.ThrowIfZero(id);
        Id = id;
        var purposes = Enum.GetValues<KeyPurpose>();
        _derived = new Key128[purposes.Length];
        Span<byte> bytes = stackalloc byte[Key128.Size];
        foreach (var purpose in purposes)
        {
            // HKDF (RFC 5869): purposes stay independent even if one derived key leaks.
            HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                secret,
                bytes,
                salt: "portcullis/1"u8,
                info: Encoding.ASCII.GetBytes(purpose.ToString())
            );
            _derived[(int)purpose] = Key128.Read(bytes);
        }
    }

    /// <summary>The id of the secret.</summary>
    public uint Id { get; }

    /// <summary>A ring on fresh random bytes, for tests, drills and embedded first starts.</summary>
    public static KeyRing CreateRandom(uint id = 1)
    {
        Span<byte> secret = stackalloc byte[SecretSize];
        RandomNumberGenerator.Fill(secret);
        return new KeyRing(id, secret);
    }

    /// <summary>Keyed hash of a value for one purpose.</summary>
    public Key128 Hash(KeyPurpose purpose, ReadOnlySpan<byte> value) => SipHash128.Hash(_derived[(int)purpose], value);

    /// <summary>Keyed hash of a value with a one-byte type in front, so that equal text of two types differs.</summary>
    public Key128 Hash(KeyPurpose purpose, byte type, ReadOnlySpan<byte> value)
    {
        var key = _derived[(int)purpose];
        return SipHash128.Hash(new Key128(key.High ^ ((ulong)(type + 1) * 0x9E3779B97F4A7C15UL), key.Low), value);
    }

    /// <summary>Keyed hash of text as UTF-8; allocates nothing for values up to 256 characters.</summary>
    [SkipLocalsInit]
    public Key128 Hash(KeyPurpose purpose, byte type, ReadOnlySpan<char> value)
    {
        Span<byte> buffer = value.Length <= 256 ? stackalloc byte[768] : new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        var length = Encoding.UTF8.GetBytes(value, buffer);
        return Hash(purpose, type, buffer[..length]);
    }
}
