using System.Buffers.Text;
using System.Text.Json;

namespace Portcullis.Core.Identity;

/// <summary>
/// A JWS in compact form (RFC 7515), taken apart strictly: three segments of canonical base64url, one protected header without repeated
/// names, nothing critical. Keys carried inside the token (<c>jwk</c>, <c>jku</c>, <c>x5c</c>) are never looked at.
/// </summary>
internal readonly ref struct CompactToken
{
    /// <summary>Longest token read, in bytes.</summary>
    public const int MaxSize = 16 * 1024;

    private const int MaxDepth = 8;

    private CompactToken(ReadOnlySpan<byte> signed, byte[] payload, byte[] signature, string algorithm, string? keyId)
    {
        Signed = signed;
        Payload = payload;
        Signature = signature;
        Algorithm = algorithm;
        KeyId = keyId;
    }

    /// <summary>What the signature covers: header and payload as sent.</summary>
    public ReadOnlySpan<byte> Signed { get; }

    public byte[] Payload { get; }

    public byte[] Signature { get; }

    public string Algorithm { get; }

    public string? KeyId { get; }

    public static bool TryRead(ReadOnlySpan<byte> text, out CompactToken token)
    {
        token = default;
        if (text.Length > MaxSize)
        {
            return false;
        }
        var first = text.IndexOf((byte)'.');
        var last = text.LastIndexOf((byte)'.');
        if (first <= 0 || last <= first + 1 || last == text.Length - 1 || text[(first + 1)..last].Contains((byte)'.'))
        {
            return false;
        }
        if (
            Decode(text[..first]) is not { } header
            || Decode(text[(first + 1)..last]) is not { } payload
            || Decode(text[(last + 1)..]) is not { } signature
            || !TryReadHeader(header, out var algorithm, out var keyId)
        )
        {
            return false;
        }
        token = new CompactToken(text[..last], payload, signature, algorithm, keyId);
        return true;
    }

    /// <summary>Strict base64url: no padding, no white space, and only the one encoding of its bytes.</summary>
    internal static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (text.ContainsAny("=\r\n\t "u8) || text.Length % 4 == 1 || !Base64Url.IsValid(text, out var size))
        {
            return null;
        }
        var bytes = new byte[size];
        if (!Base64Url.TryDecodeFromUtf8(text, bytes, out var written) || written != size)
        {
            return null;
        }
        // Unused trailing bits must be zero: otherwise one token has several spellings, and revoking one leaves the others.
        Span<byte> tail = stackalloc byte[4];
        var rest = text.Length % 4;
        if (rest != 0)
        {
            Base64Url.EncodeToUtf8(bytes.AsSpan(size - (rest - 1)), tail);
            if (!tail[..rest].SequenceEqual(text[^rest..]))
            {
                return null;
            }
        }
        return bytes;
    }

    private static bool TryReadHeader(byte[] header, out string algorithm, out string? keyId)
    {
        algorithm = "";
        keyId = null;
        try
        {
            var reader = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (!names.Add(name) || !TryTake(ref reader, name, ref algorithm, ref keyId))
                {
                    return false;
                }
            }
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read() && algorithm.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-16 once unescaped.
            return false;
        }
    }

    private static bool TryTake(ref Utf8JsonReader reader, string name, ref string algorithm, ref string? keyId)
    {
        switch (name)
        {
            case "alg":
                return TryText(ref reader, out algorithm);
            case "kid":
                if (!TryText(ref reader, out var id))
                {
                    return false;
                }
                keyId = id;
                return true;
            case "typ":
                // RFC 8725, 3.11: a token made for another purpose (logout, DPoP proof, set) is no access token.
                return TryText(ref reader, out var type) && IsAccessToken(type);
            case "crit" or "b64" or "zip" or "enc":
                return false;
            default:
                reader.Skip();
                return true;
        }
    }

    private static bool TryText(ref Utf8JsonReader reader, out string text)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        text = isText ? reader.GetString()! : "";
        return isText;
    }

    private static bool IsAccessToken(string type) =>
        type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/at+jwt", StringComparison.OrdinalIgnoreCase)
        || type.Equals("Bearer", StringComparison.OrdinalIgnoreCase);
}
