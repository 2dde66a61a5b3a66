using System.Buffers;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Portcullis.Core.Identity.Keys;

/// <summary>
/// How keys look: <c>pck_</c>, 43 characters of 256 random bits, 6 of a checksum, so that scanners recognise them in code and a mistyped
/// key is told from an unknown one without a look-up.
/// </summary>
public static class ApiKeyText
{
    public const string Prefix = "pck_";

    /// <summary>Characters of a key.</summary>
    public const int Length = 4 + BodyLength + SumLength;

    private const int SecretSize = 32;
    private const int BodyLength = 43;
    private const int SumLength = 6;
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> DigitSet = SearchValues.Create(Digits);

    /// <summary>A new key.</summary>
    public static string Create()
    {
        Span<byte> secret = stackalloc byte[SecretSize];
        RandomNumberGenerator.Fill(secret);
        Span<char> text = stackalloc char[Length];
        Prefix.CopyTo(text);
        Write(new BigInteger(secret, isUnsigned: true), text.Slice(Prefix.Length, BodyLength));
        WriteSum(text[..^SumLength], text[^SumLength..]);
        CryptographicOperations.ZeroMemory(secret);
        return new string(text);
    }

    /// <summary>True when the text has the form and the checksum of a key, whether or not one was ever issued.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || text[4..].ContainsAnyExcept(DigitSet))
        {
            return false;
        }
        Span<char> sum = stackalloc char[SumLength];
        WriteSum(text[..^SumLength], sum);
        return sum.SequenceEqual(text[^SumLength..]);
    }

    /// <summary>
    /// SHA-256 of a key. A plain hash is right here: 256 random bits cannot be guessed, so slowing guesses down (bcrypt, Argon2) would only
    /// slow every request, and a stolen store still yields no key.
    /// </summary>
    internal static bool TryHash(ReadOnlySpan<char> text, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return text.Length == Length
            && Ascii.FromUtf16(text, bytes, out var written) == OperationStatus.Done
            && SHA256.HashData(bytes[..written], hash) == SHA256.HashSizeInBytes;
    }

    private static void WriteSum(ReadOnlySpan<char> text, Span<char> sum)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var used = Encoding.ASCII.GetBytes(text, bytes);
        SHA256.HashData(bytes[..used], hash);
        Write(new BigInteger(hash[..4], isUnsigned: true), sum);
    }

    private static void Write(BigInteger value, Span<char> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            value = BigInteger.DivRem(value, Digits.Length, out var digit);
            digits[i] = Digits[(int)digit];
        }
    }
}
