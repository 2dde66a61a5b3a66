using System.Security.Cryptography;
using System.Text;
using Portcullis.Drills.Scenarios;

namespace Portcullis.Drills.Simulator;

/// <summary>The identity provider of a drill: issues real signed tokens (RFC 7519, HS256), a new one for each identity and day.</summary>
public sealed class TokenMint
{
    public const string Issuer = "https://id.replay.test";
    public const string Audience = "replay";

    private const long DayMilliseconds = 86_400_000;
    private const int ValidHours = 26;

    private static readonly string Header = Encode("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"replay-1\"}"u8);

    private readonly Population _population;
    private readonly Dictionary<SimulatedIdentity, (long Day, string Bearer)> _current = [];
    private readonly Dictionary<string, (SimulatedIdentity Identity, long Until)> _issued = [];

    public TokenMint(Population population, ulong seed)
    {
        _population = population;
        Secret = SHA256.HashData(Encoding.ASCII.GetBytes($"replay token key {seed}"));
    }

    /// <summary>The signing key: 32 bytes, the same for the same seed.</summary>
    public byte[] Secret { get; }

    /// <summary>Value of the Authorization header an identity sends at a time.</summary>
    public string Bearer(SimulatedIdentity identity, long at)
    {
        var day = at / DayMilliseconds;
        if (_current.TryGetValue(identity, out var current))
        {
            if (current.Day == day)
            {
                return current.Bearer;
            }
            _issued.Remove(current.Bearer);
        }
        var bearer = "Bearer " + Sign(identity, day, Secret);
        _current[identity] = (day, bearer);
        _issued[bearer] = (identity, day * DayMilliseconds + ValidHours * 3_600_000L);
        return bearer;
    }

    /// <summary>A token that claims to be an identity's, signed with another key.</summary>
    public string Forged(SimulatedIdentity identity, long at) =>
        "Bearer " + Sign(identity, at / DayMilliseconds, SHA256.HashData(Secret));

    /// <summary>Whose token it is, or null when it was not issued here or is over: what the upstream knows.</summary>
    public SimulatedIdentity? Identify(string? authorization, long at) =>
        authorization is not null && _issued.TryGetValue(authorization, out var issued) && issued.Until > at
            ? issued.Identity
            : null;

    private string Sign(SimulatedIdentity identity, long day, byte[] secret)
    {
        var issuedAt = VirtualClock.Epoch.ToUnixTimeSeconds() + day * 86_400;
        var claims = new StringBuilder(256);
        claims.Append($"{{\"iss\":\"{Issuer}\",\"aud\":\"{Audience}\",\"iat\":{issuedAt},\"exp\":{issuedAt + ValidHours * 3600}");
        claims.Append($",\"jti\":\"{identity.Kind}-{identity.Number}-{day}\"");
        switch (identity.Kind)
        {
            case CredentialKind.Customer:
                AppendCustomer(claims, identity.Number);
                break;
            case CredentialKind.Agent:
                claims.Append($",\"sub\":\"agent-{identity.Number}\",\"role\":\"agent\"");
                break;
            default:
                claims.Append(
                    $",\"sub\":\"partner-{identity.Number}\",\"role\":\"partner\",\"client_id\":\"partner-{identity.Number}\""
                );
                break;
        }
        claims.Append('}');
        var signed = $"{Header}.{Encode(Encoding.UTF8.GetBytes(claims.ToString()))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    private void AppendCustomer(StringBuilder claims, int person)
    {
        claims.Append($",\"sub\":\"customer-{person}\",\"role\":\"customer\"");
        AppendFamily(claims, "accounts", person, PersonValue.Account);
        AppendFamily(claims, "msisdns", person, PersonValue.Msisdn);
        AppendFamily(claims, "members", person, PersonValue.Member);
    }

    private void AppendFamily(StringBuilder claims, string name, int person, PersonValue kind)
    {
        var first = _population.FamilyOf(person);
        claims.Append($",\"{name}\":[");
        for (var i = 0; i < _population.Plan.Family; i++)
        {
            claims.Append(i == 0 ? "\"" : ",\"").Append(_population.Value(first + i, kind)).Append('"');
        }
        claims.Append(']');
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
