using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portcullis.Storage.Keys;

/// <summary>One ledger key: 32 random bytes that never enter the data folder. It wraps the secret under which the ledger hashes.</summary>
internal sealed class LedgerKey
{
    public const int Size = 32;

    private const int NonceSize = 12;
    private const int TagSize = 16;

    private readonly byte[] _bytes;

    public LedgerKey(byte[] bytes)
    {
        _bytes = bytes;
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(bytes, digest);
        Id = BinaryPrimitives.ReadUInt32BigEndian(digest) | 1;
    }

    /// <summary>Tells keys apart without telling anything of them: the front of their digest; never 0.</summary>
    public uint Id { get; }

    public static LedgerKey Create() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Reads 64 hexadecimal digits or base64 of 32 bytes; null for anything else.</summary>
    public static LedgerKey? Parse(string text)
    {
        Span<byte> bytes = stackalloc byte[Size + 3];
        if (text.Length == Size * 2 && text.All(char.IsAsciiHexDigit))
        {
            return new LedgerKey(Convert.FromHexString(text));
        }
        return Convert.TryFromBase64String(text, bytes, out var written) && written == Size
            ? new LedgerKey(bytes[..Size].ToArray())
            : null;
    }

    public string Text => Convert.ToHexStringLower(_bytes);

    /// <summary>Encrypts a secret (AES-256-GCM): nonce, ciphertext, tag.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[NonceSize + secret.Length + TagSize];
        var nonce = wrapped.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_bytes, TagSize);
        cipher.Encrypt(nonce, secret, wrapped.AsSpan(NonceSize, secret.Length), wrapped.AsSpan(NonceSize + secret.Length));
        return wrapped;
    }

    /// <summary>Decrypts what <see cref="Wrap"/> made; null when it was another key or the bytes changed.</summary>
    public byte[]? Unwrap(ReadOnlySpan<byte> wrapped)
    {
        if (wrapped.Length < NonceSize + TagSize)
        {
            return null;
        }
        var secret = new byte[wrapped.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(_bytes, TagSize);
        try
        {
            cipher.Decrypt(
                wrapped[..NonceSize],
                wrapped.Slice(NonceSize, secret.Length),
                wrapped[(NonceSize + secret.Length)..],
                secret
            );
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
