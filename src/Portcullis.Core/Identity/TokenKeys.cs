using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Portcullis.Core.Identity;

/// <summary>
/// The keys one issuer signs with. Each key verifies only algorithms of its own kind (RFC 8725, 3.1), so that a public key never serves as
/// a secret; keys too weak to prove anything are left out.
/// </summary>
public sealed class TokenKeys
{
    private const int MaxKeys = 64;
    private const int MinSecretBytes = 32;
    private const int MinRsaBits = 2048;

    private static readonly HashSet<string> Symmetric = ["HS256", "HS384", "HS512"];
    private static readonly HashSet<string> Rsa = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
    private static readonly Dictionary<string, string> Curves = new()
    {
        ["ES256"] = "P-256",
        ["ES384"] = "P-384",
        ["ES512"] = "P-521",
    };

    private readonly Entry[] _keys;

    private TokenKeys(Entry[] keys) => _keys = keys;

    /// <summary>How many keys can verify.</summary>
    public int Count => _keys.Length;

    /// <summary>One shared secret for HS256, HS384 and HS512.</summary>
    /// <exception cref="InvalidDataException">The secret is shorter than 32 bytes (RFC 7518, 3.2).</exception>
    public static TokenKeys FromSecret(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < MinSecretBytes)
        {
            throw new InvalidDataException(
                $"A token secret needs {MinSecretBytes} bytes or more, this one has {secret.Length}. Ask the issuer for a longer one."
            );
        }
        return new TokenKeys([new Entry(null, new SharedSecret(secret.ToArray()), "oct", null, null, null)]);
    }

    /// <summary>A public key or certificate in PEM.</summary>
    /// <exception cref="InvalidDataException">It is no RSA key of 2,048 bits or more and no key on P-256, P-384 or P-521.</exception>
    public static TokenKeys FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new InvalidDataException("The file holds a private key. Give the gateway the public key only.");
        }
        return new TokenKeys([
            PublicOf(pem)
                ?? throw new InvalidDataException(
                    "The file holds no PEM public key or certificate that can verify tokens (RSA of 2,048 bits or more, P-256, P-384, P-521)."
                ),
        ]);
    }

    /// <summary>A JSON Web Key Set (RFC 7517) or a single key. Keys that cannot verify safely are left out.</summary>
    /// <param name="json">The document.</param>
    /// <param name="allowsSecrets">Whether shared secrets count: only from a local file, and never beside public keys.</param>
    /// <exception cref="InvalidDataException">It is no key set.</exception>
    public static TokenKeys FromJwks(string json, bool allowsSecrets = false)
    {
        ArgumentNullException.ThrowIfNull(json);
        IList<JsonWebKey> keys;
        try
        {
            keys = json.Contains("\"keys\"", StringComparison.Ordinal) ? new JsonWebKeySet(json).Keys : [new JsonWebKey(json)];
        }
        catch (Exception fault) when (fault is ArgumentException or System.Text.Json.JsonException or FormatException)
        {
            throw new InvalidDataException("The document is no JSON Web Key Set (RFC 7517).");
        }
        var entries = new List<Entry>();
        foreach (var key in keys.Take(MaxKeys))
        {
            if (Read(key) is { } entry)
            {
                entries.Add(entry);
            }
        }
        var hasPublic = entries.Exists(entry => entry.Kind != "oct");
        entries.RemoveAll(entry => entry.Kind == "oct" && (hasPublic || !allowsSecrets));
        return new TokenKeys([.. entries]);
    }

    /// <summary>True when one of the keys signed it.</summary>
    /// <param name="token">The token, taken apart.</param>
    /// <param name="isUnknownKey">True when the token names a key that is not here, so that a newer set might verify it.</param>
    internal bool Verify(in CompactToken token, out bool isUnknownKey)
    {
        isUnknownKey = token.KeyId is not null;
        foreach (var entry in _keys)
        {
            // A key without an id may sign for any; a token without one tries each key of its kind.
            if (token.KeyId is not null && entry.Id is not null && entry.Id != token.KeyId)
            {
                continue;
            }
            isUnknownKey = false;
            if (entry.Fits(token.Algorithm) && entry.Verify(token))
            {
                return true;
            }
        }
        return false;
    }

    internal static bool IsSupported(string algorithm) =>
        Symmetric.Contains(algorithm) || Rsa.Contains(algorithm) || Curves.ContainsKey(algorithm);

    private static Entry? PublicOf(string pem)
    {
        try
        {
            if (pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
            {
                using var certificate = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem);
                pem = certificate.PublicKey.ExportSubjectPublicKeyInfo() is var info
                    ? new string(PemEncoding.Write("PUBLIC KEY", info))
                    : pem;
            }
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            var parameters = rsa.ExportParameters(false);
            return IsSound(parameters.Modulus!) ? new Entry(new RsaSecurityKey(rsa), null, "RSA", null, null, null) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException) { }
        try
        {
            var ec = ECDsa.Create();
            ec.ImportFromPem(pem);
            var curve = ec.KeySize switch
            {
                256 => "P-256",
                384 => "P-384",
                521 => "P-521",
                _ => null,
            };
            return curve is null ? null : new Entry(new ECDsaSecurityKey(ec), null, "EC", curve, null, null);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static Entry? Read(JsonWebKey key)
    {
        if (!string.IsNullOrEmpty(key.Use) && key.Use != "sig" || key.KeyOps.Count > 0 && !key.KeyOps.Contains("verify"))
        {
            return null;
        }
        try
        {
            return key.Kty switch
            {
                "oct" when Base64UrlEncoder.DecodeBytes(key.K) is { Length: >= MinSecretBytes } secret => new Entry(
                    null,
                    new SharedSecret(secret),
                    "oct",
                    null,
                    key.Alg,
                    key.Kid
                ),
                "RSA" when IsSound(Base64UrlEncoder.DecodeBytes(key.N)) => new Entry(
                    new RsaSecurityKey(
                        new RSAParameters
                        {
                            Modulus = Base64UrlEncoder.DecodeBytes(key.N),
                            Exponent = Base64UrlEncoder.DecodeBytes(key.E),
                        }
                    ),
                    null,
                    "RSA",
                    null,
                    key.Alg,
                    key.Kid
                ),
                "EC" when Curves.ContainsValue(key.Crv ?? "") => new Entry(PublicEc(key), null, "EC", key.Crv, key.Alg, key.Kid),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    // Only the public half is taken, so that a set with private keys in it still only verifies.
    private static ECDsaSecurityKey PublicEc(JsonWebKey key) =>
        new(
            ECDsa.Create(
                new ECParameters
                {
                    Curve = key.Crv switch
                    {
                        "P-256" => ECCurve.NamedCurves.nistP256,
                        "P-384" => ECCurve.NamedCurves.nistP384,
                        _ => ECCurve.NamedCurves.nistP521,
                    },
                    Q = new ECPoint { X = Base64UrlEncoder.DecodeBytes(key.X), Y = Base64UrlEncoder.DecodeBytes(key.Y) },
                }
            )
        );

    private static bool IsSound(ReadOnlySpan<byte> modulus)
    {
        var significant = modulus.TrimStart((byte)0);
        return significant.Length * 8 >= MinRsaBits && !RocaFingerprint.Matches(significant);
    }

    /// <param name="Key">A public key; null where there is a secret.</param>
    /// <param name="Secret">A shared secret for HMAC.</param>
    private sealed record Entry(
        SecurityKey? Key,
        SharedSecret? Secret,
        string Kind,
        string? Curve,
        string? Algorithm,
        string? KeyId
    )
    {
        public string? Id { get; } = string.IsNullOrEmpty(KeyId) ? null : KeyId;

        public bool Fits(string algorithm) =>
            (string.IsNullOrEmpty(Algorithm) || Algorithm == algorithm)
            && Kind switch
            {
                "oct" => Symmetric.Contains(algorithm),
                "RSA" => Rsa.Contains(algorithm),
                _ => Curves.TryGetValue(algorithm, out var curve) && curve == Curve,
            };

        public bool Verify(in CompactToken token)
        {
            if (Secret is { } secret)
            {
                return secret.Verify(token);
            }
            var factory = CryptoProviderFactory.Default;
            SignatureProvider? provider = null;
            try
            {
                provider = factory.CreateForVerifying(Key, token.Algorithm);
                return provider.Verify(token.Signed.ToArray(), token.Signature.ToArray());
            }
            catch (Exception fault)
                when (fault is CryptographicException or ArgumentException or NotSupportedException or InvalidOperationException)
            {
                return false;
            }
            finally
            {
                if (provider is not null)
                {
                    factory.ReleaseSignatureProvider(provider);
                }
            }
        }
    }
}
