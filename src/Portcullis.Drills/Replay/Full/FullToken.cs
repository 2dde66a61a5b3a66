using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay.Full;

/// <summary>Signs the tokens of a full-scale run, one for each session of a consumer, with as little garbage as a real token needs.</summary>
internal sealed class FullToken(byte[] secret) : IDisposable
{
    private const int ValidSeconds = 3600;
    private readonly IncrementalHash _code = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
    private readonly byte[] _payload = new byte[512];
    private readonly byte[] _text = new byte[1024];

    /// <summary>Value of the Authorization header.</summary>
    /// <param name="role">Role of the token, and the front of its subject.</param>
    /// <param name="number">The rest of the subject.</param>
    /// <param name="account">The subject's own account.</param>
    /// <param name="line">Another account of the same household; equal for none.</param>
    /// <param name="second">When it is issued.</param>
    public string Bearer(string role, int number, int account, int line, long second)
    {
        var expires = VirtualClock.Epoch.ToUnixTimeSeconds() + second + ValidSeconds;
        System.Text.Unicode.Utf8.TryWrite(
            _payload,
            $"{{\"iss\":\"{TokenMint.Issuer}\",\"aud\":\"{TokenMint.Audience}\",\"exp\":{expires},\"sub\":\"{role}-{number}\",\"role\":\"{role}\",\"accounts\":[\"{account}\",\"{line}\"]}}",
            out var size
        );
        var prefix = "Bearer "u8;
        var header = "eyJhbGciOiJIUzI1NiJ9."u8;
        prefix.CopyTo(_text);
        header.CopyTo(_text.AsSpan(prefix.Length));
        var at = prefix.Length + header.Length;
        at += Base64Url.EncodeToUtf8(_payload.AsSpan(0, size), _text.AsSpan(at));
        Span<byte> signature = stackalloc byte[32];
        _code.AppendData(_text.AsSpan(prefix.Length, at - prefix.Length));
        _code.GetHashAndReset(signature);
        _text[at++] = (byte)'.';
        at += Base64Url.EncodeToUtf8(signature, _text.AsSpan(at));
        return Encoding.ASCII.GetString(_text, 0, at);
    }

    public void Dispose() => _code.Dispose();
}
