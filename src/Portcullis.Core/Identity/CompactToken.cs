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

    // All tokens of one issuer have the same header, so the latest one read good is remembered.
    private static Header _latest = new([], "", null);

    private CompactToken(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature, Header header)
    {
        Signed = signed;
        Payload = payload;
        Signature = signature;
        Algorithm = header.Algorithm;
        KeyId = header.KeyId;
    }

    /// <summary>What the signature covers: header and payload as sent.</summary>
    public ReadOnlySpan<byte> Signed { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public ReadOnlySpan<byte> Signature { get; }

    public string Algorithm { get; }

    public string? KeyId { get; }

    /// <summary>Takes a token apart.</summary>
    /// <param name="text">The token as sent.</param>
    /// <param name="scratch">As long as the text or longer; payload and signature stand there afterwards.</param>
    /// <param name="token">Valid as long as both.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, Span<byte> scratch, out CompactToken token)
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
            HeaderOf(text[..first], scratch) is not { } header
            || !TryDecode(text[(first + 1)..last], scratch, out var payload)
            || !TryDecode(text[(last + 1)..], scratch[payload..], out var signature)
        )
        {
            return false;
        }
        token = new CompactToken(text[..last], scratch[..payload], scratch.Slice(payload, signature), header);
        return true;
    }

    /// <summary>Strict base64url: no padding, no white space, and only the one encoding of its bytes.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes, out int size)
    {
        size = 0;
        if (
            text.ContainsAny("=\r\n\t "u8)
            || text.Length % 4 == 1
            || !Base64Url.IsValid(text, out var expected)
            || !Base64Url.TryDecodeFromUtf8(text, bytes, out size)
            || size != expected
        )
        {
            return false;
        }
        // Unused trailing bits must be zero: otherwise one token has several spellings, and revoking one leaves the others.
        Span<byte> tail = stackalloc byte[4];
        var rest = text.Length % 4;
        if (rest == 0)
        {
            return true;
        }
        Base64Url.EncodeToUtf8(bytes[(size - (rest - 1))..size], tail);
        return tail[..rest].SequenceEqual(text[^rest..]);
    }

    private static Header? HeaderOf(ReadOnlySpan<byte> text, Span<byte> scratch)
    {
        var latest = Volatile.Read(ref _latest);
        if (text.SequenceEqual(latest.Text))
        {
            return latest;
        }
        if (!TryDecode(text, scratch, out var size) || !TryReadHeader(scratch[..size], out var algorithm, out var keyId))
        {
            return null;
        }
        var header = new Header(text.ToArray(), algorithm, keyId);
        Volatile.Write(ref _latest, header);
        return header;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> header, out string algorithm, out string? keyId)
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

    private sealed record Header(byte[] Text, string Algorithm, string? KeyId);
}
