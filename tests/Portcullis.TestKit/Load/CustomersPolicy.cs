using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Policy.Compiling;

namespace Portcullis.TestKit.Load;

/// <summary>The policy, contract and tokens of the gateway-cost benchmark, compiled from files as an operator would have them.</summary>
public sealed class CustomersPolicy : IDisposable
{
    public const string Issuer = "https://login.telecom.example/";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portcullis-load-");
    private readonly string _secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public CustomersPolicy()
    {
        Write("openapi.yaml", Embedded("openapi.yaml"));
        Write("signing-key.txt", _secret);
        Write(
            "portcullis.yaml",
            Embedded("portcullis.yaml")
                .Replace("@mode@", "enforce")
                .Replace("@listen@", "8080")
                .Replace("@admin@", "8081")
                .Replace("@data@", "data")
                .Replace("@upstream@", "5000")
        );
    }

    /// <summary>A folder that goes with the policy.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Compiles the policy against a gate's operations.</summary>
    /// <exception cref="InvalidOperationException">The policy is wrong; every error is in the message.</exception>
    public PolicySnapshot Load(GateState state)
    {
        var loaded = new PolicyLoader().Load(Path.Combine(Folder, "portcullis.yaml"), [], state.Operations);
        return loaded.Snapshot ?? throw new InvalidOperationException(string.Join('\n', loaded.Errors));
    }

    /// <summary>Value of an Authorization header: an agent's token (RFC 7519, HS256), good for a year.</summary>
    public string AgentToken(DateTimeOffset now)
    {
        var issued = now.ToUnixTimeSeconds();
        var claims =
            $$"""{"iss":"{{Issuer}}","sub":"agent-1","account_id":"agent-1","role":"agent","iat":{{issued}},"exp":{{issued
            + 31_536_000}}}""";
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}""")}.{Encode(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_secret), Encoding.ASCII.GetBytes(signed));
        return $"Bearer {signed}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string Embedded(string name)
    {
        using var reader = new StreamReader(typeof(CustomersPolicy).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
