using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Core.Identity;

namespace Portcullis.Tests.Identity;

/// <summary>Makes tokens by hand, so that the bytes are exactly what a test says, however hostile.</summary>
internal static class Tokens
{
    public static readonly byte[] Secret = SHA256.HashData("a secret of the tests"u8);

    public const string Issuer = "https://login.example.com/";

    public static IdentityPlan Plan { get; } =
        new()
        {
            Issuers =
            [
                new TokenIssuer
                {
                    Issuer = Issuer,
                    Audiences = ["api"],
                    Keys = TokenKeys.FromSecret(Secret),
                    ClockSkew = TimeSpan.Zero,
                },
            ],
        };

    public static string Signed(string header, string payload, byte[]? secret = null)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret ?? Secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Of(string subject, DateTimeOffset expires, string more = "") =>
        Signed(
            """{"alg":"HS256","typ":"JWT"}""",
            $$"""{"iss":"{{Issuer}}","aud":"api","sub":"{{subject}}","exp":{{expires.ToUnixTimeSeconds()}}{{more}}}"""
        );

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
