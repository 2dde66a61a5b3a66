using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portcullis.Sample.Telecom;

/// <summary>Issues and checks the sample's JSON Web Tokens, signed with a development key.</summary>
public sealed class TokenIssuer(TimeProvider time)
{
    public const string Issuer = "https://login.telecom.example/";

    private static readonly SymmetricSecurityKey Key = new(Encoding.UTF8.GetBytes(SampleFiles.SigningKey));
    private static readonly JsonWebTokenHandler Handler = new() { SetDefaultTimesOnTokenCreation = false };

    private readonly TimeProvider _time = time;

    /// <summary>A token that lives an hour.</summary>
    /// <param name="subject">Who it names: an account id, an agent's or a partner's name.</param>
    /// <param name="role"><c>consumer</c>, <c>agent</c> or <c>partner</c>.</param>
    public string Issue(string subject, string role)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Issuer,
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddHours(1),
                Claims = new Dictionary<string, object>
                {
                    ["sub"] = subject,
                    ["account_id"] = subject,
                    ["role"] = role,
                },
                SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <summary>Who sends the request, or null without a valid token.</summary>
    public async Task<TokenHolder?> HolderAsync(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            return null;
        }
        var result = await Handler.ValidateTokenAsync(
            header[7..],
            new TokenValidationParameters
            {
                ValidIssuer = Issuer,
                ValidateAudience = false,
                IssuerSigningKey = Key,
                LifetimeValidator = (from, until, _, _) => IsAlive(from, until),
            }
        );
        return result.IsValid ? new TokenHolder((string)result.Claims["sub"], (string)result.Claims["role"]) : null;
    }

    private bool IsAlive(DateTime? from, DateTime? until)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return (from is null || from <= now.AddMinutes(1)) && until > now;
    }
}
