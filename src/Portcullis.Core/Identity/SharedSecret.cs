using System.Security.Cryptography;

namespace Portcullis.Core.Identity;

/// <summary>A secret that an issuer and the gate share, and the codes made with it (HMAC, RFC 2104).</summary>
internal sealed class SharedSecret(byte[] secret)
{
    // One code of each algorithm, keyed and ready: keying costs more than hashing a token does. Whoever finds none keys a new one.
    private readonly IncrementalHash?[] _ready = new IncrementalHash?[3];

    /// <summary>True when the token's signature is the code of what it signs.</summary>
    public bool Verify(in CompactToken token)
    {
        var (place, hash) = token.Algorithm switch
        {
            "HS256" => (0, HashAlgorithmName.SHA256),
            "HS384" => (1, HashAlgorithmName.SHA384),
            _ => (2, HashAlgorithmName.SHA512),
        };
        var code = Interlocked.Exchange(ref _ready[place], null) ?? IncrementalHash.CreateHMAC(hash, secret);
        Span<byte> expected = stackalloc byte[HMACSHA512.HashSizeInBytes];
        code.AppendData(token.Signed);
        var size = code.GetHashAndReset(expected);
        Interlocked.Exchange(ref _ready[place], code)?.Dispose();
        return CryptographicOperations.FixedTimeEquals(expected[..size], token.Signature);
    }
}
