using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portcullis.Core.Admission;

/// <summary>Verifies that whoever knows a shared secret sent this body, and not long ago where the scheme carries a time.</summary>
/// <param name="header">Header with the signature.</param>
/// <param name="secrets">Any of them may have signed.</param>
/// <param name="scheme">What is signed.</param>
/// <param name="tolerance">How old, or how far ahead, a signature's time may be.</param>
public sealed class SignedWebhook(string header, byte[][] secrets, WebhookScheme scheme, TimeSpan tolerance)
{
    private const int MostSignatures = 8;
    private const string Prefix = "sha256=";
    private const string StandardPrefix = "whsec_";

    public string Header => header;

    /// <summary>The key in a secret of Standard Webhooks: base64 behind <c>whsec_</c>; null when it is none.</summary>
    public static byte[]? StandardSecret(byte[] text)
    {
        var written = Encoding.ASCII.GetString(text);
        written = written.StartsWith(StandardPrefix, StringComparison.Ordinal) ? written[StandardPrefix.Length..] : written;
        var key = new byte[written.Length];
        return Convert.TryFromBase64String(written, key, out var size) ? key[..size] : null;
    }

    /// <summary>True when a request carries exactly one good signature header over its body.</summary>
    /// <param name="exchange">Its headers and body.</param>
    /// <param name="wallNow">The wall clock, milliseconds since the Unix epoch.</param>
    public bool Verify(Exchange exchange, long wallNow)
    {
        if (exchange.RequestHeaders.Get(header, out var value) != 1 || string.IsNullOrEmpty(value))
        {
            return false;
        }
        var body = exchange.RequestBody.Span;
        switch (scheme)
        {
            case WebhookScheme.Hex:
            case WebhookScheme.Base64:
                var text = value.AsSpan().Trim(' ');
                text = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
                return Matches(text, "", body, scheme == WebhookScheme.Base64);
            case WebhookScheme.Timestamped:
                return VerifyTimestamped(value, body, wallNow);
            default:
                return VerifyStandard(exchange, value, body, wallNow);
        }
    }

    private bool VerifyTimestamped(string value, ReadOnlySpan<byte> body, long wallNow)
    {
        var time = "";
        var isGood = false;
        var signatures = 0;
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
            {
                if (time.Length > 0 || signatures > 0)
                {
                    return false;
                }
                time = part[2..];
            }
            else if (part.StartsWith("v1=", StringComparison.Ordinal) && time.Length > 0 && signatures++ < MostSignatures)
            {
                isGood |= Matches(part.AsSpan(3), $"{time}.", body, isBase64: false);
            }
        }
        return isGood && IsRecent(time, wallNow);
    }

    private bool VerifyStandard(Exchange exchange, string value, ReadOnlySpan<byte> body, long wallNow)
    {
        if (
            exchange.RequestHeaders.Get("webhook-id", out var id) != 1
            || exchange.RequestHeaders.Get("webhook-timestamp", out var time) != 1
            || string.IsNullOrEmpty(id)
            || id.Contains('.', StringComparison.Ordinal)
            || !IsRecent(time, wallNow)
        )
        {
            return false;
        }
        var isGood = false;
        foreach (var part in value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostSignatures))
        {
            isGood |=
                part.StartsWith("v1,", StringComparison.Ordinal)
                && Matches(part.AsSpan(3), $"{id}.{time}.", body, isBase64: true);
        }
        return isGood;
    }

    private bool IsRecent(string? seconds, long wallNow) =>
        long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
        && time < long.MaxValue / 1000
        && Math.Abs(wallNow - time * 1000) <= tolerance.TotalMilliseconds;

    private bool Matches(ReadOnlySpan<char> written, string before, ReadOnlySpan<byte> body, bool isBase64)
    {
        Span<byte> claimed = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isRead = isBase64
            ? written.Length == 44 && Convert.TryFromBase64Chars(written, claimed, out var size) && size == claimed.Length
            : written.Length == 64
                && Convert.FromHexString(written, claimed, out _, out size) == System.Buffers.OperationStatus.Done
                && size == claimed.Length;
        if (!isRead)
        {
            return false;
        }
        var isGood = false;
        Span<byte> own = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
            hash.AppendData(Encoding.UTF8.GetBytes(before));
            hash.AppendData(body);
            hash.GetHashAndReset(own);
            isGood |= CryptographicOperations.FixedTimeEquals(own, claimed);
        }
        return isGood;
    }
}
