using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Portcullis.Sample.Embedded;

/// <summary>Issues the sample's tokens, signed with a development key.</summary>
public sealed class TokenIssuer(string secret, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(
        new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)),
        SecurityAlgorithms.HmacSha256
    );

    /// <summary>A token that lives an hour.</summary>
    public string Issue(string customerId)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "https://embedded.example/",
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddHours(1),
                Claims = new Dictionary<string, object> { ["sub"] = customerId },
                SigningCredentials = _credentials,
            }
        );
    }
}
