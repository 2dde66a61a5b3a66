using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>The policy under which gateways are killed: tokens, a budget for each caller, one for a pool, small journal files.</summary>
internal sealed class DrillPolicy
{
    public const string Issuer = "https://login.people.example/";
    public const int PerCaller = 150;
    public const int PerPool = 2500;

    private readonly string _signingKey = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly string _text;

    /// <param name="folder">Where the files go.</param>
    /// <param name="upstream">Address of the API.</param>
    /// <param name="durability">The policy's word.</param>
    /// <param name="segment">Size of a journal file.</param>
    /// <param name="more">Lines at the end.</param>
    /// <param name="budgets">People whom a caller and all partners together may receive.</param>
    public DrillPolicy(
        string folder,
        string upstream,
        string durability = "process",
        string segment = "64MiB",
        string more = "",
        (int PerCaller, int PerPool)? budgets = null
    )
    {
        File.WriteAllText(Path.Combine(folder, "signing-key.txt"), _signingKey);
        File.WriteAllText(Path.Combine(folder, "openapi.yaml"), PeopleUpstream.Contract);
        PolicyFile = Path.Combine(folder, "portcullis.yaml");
        _text = $$"""
            version: 1
            mode: enforce
            durability: {{durability}}
            journal: { segment: {{segment}} }
            upstreams:
              - name: people
                address: {{upstream}}
                contract: openapi.yaml
            identity:
              jwt:
                - issuer: {{Issuer}}
                  key: signing-key.txt
                  algorithms: [HS256]
                  account: account_id
            pools:
              - name: partners
                members: 'token.role == "partner"'
            operations:
              GET /people/{accountId}: { authentication: required, subject: accountId }
              GET /people: { authentication: required, subject: accountId }
              GET /events/{topic}: { authentication: required, unmeasured: allow }
            budgets:
              - { name: month, limit: {{budgets?.PerCaller ?? PerCaller}}, window: 30d }
              - { name: partners, per: pool, pool: partners, limit: {{budgets?.PerPool ?? PerPool}}, window: 30d }
            {{more}}
            """;
        Change(0);
    }

    /// <summary>The policy file.</summary>
    public string PolicyFile { get; }

    /// <summary>Writes the file with another harmless setting, so that it is loaded again.</summary>
    public void Change(int number)
    {
        var text = _text + string.Create(CultureInfo.InvariantCulture, $"\nhold: {{ timeout: {20 + number}s }}\n");
        File.WriteAllText(PolicyFile + ".new", text);
        File.Move(PolicyFile + ".new", PolicyFile, overwrite: true);
    }

    public static bool IsPartner(int caller) => caller % 3 == 0;

    public static string AccountOf(int caller) => string.Create(CultureInfo.InvariantCulture, $"acc-{caller}");

    /// <summary>A token that is valid for a day.</summary>
    public string TokenOf(int caller)
    {
        var expires = DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeSeconds();
        var payload = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"iss":"{{Issuer}}","sub":"s{{caller}}","account_id":"{{AccountOf(caller)}}","role":"{{(IsPartner(caller) ? "partner" : "user")}}","exp":{{expires}}}"""
        );
        var signed = Encode("""{"alg":"HS256","typ":"JWT"}""") + "." + Encode(payload);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_signingKey), Encoding.ASCII.GetBytes(signed));
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
