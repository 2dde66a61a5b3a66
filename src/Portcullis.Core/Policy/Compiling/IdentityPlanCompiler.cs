using System.Collections.Frozen;
using System.Text;
using Portcullis.Core.Identity;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Turns the written identity options into a plan: reads key files, checks what cannot work, reports every error at once.</summary>
public static class IdentityPlanCompiler
{
    private const int MaxKeyFile = 1 << 20;

    /// <param name="options">As written.</param>
    /// <param name="folder">Folder that relative paths start from.</param>
    /// <param name="report">Takes each error: path below <c>identity</c>, what is wrong, what to do.</param>
    public static IdentityPlan Compile(IdentityOptions options, string folder, Action<string, string, string> report)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(report);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var issuers = new List<TokenIssuer>();
        for (var i = 0; i < options.Jwt.Count; i++)
        {
            var path = $"jwt[{i}]";
            if (!names.Add(options.Jwt[i].Issuer))
            {
                report(
                    $"{path}.issuer",
                    "Another issuer has this name already.",
                    "Join the two, or name one of them differently."
                );
            }
            if (Compile(options.Jwt[i], folder, path, report) is { } issuer)
            {
                issuers.Add(issuer);
            }
        }
        if (options.Jwt.Count > JwksCache.MaxSets)
        {
            report(
                "jwt",
                $"There are {options.Jwt.Count} issuers; {JwksCache.MaxSets} are the most.",
                "Spread the APIs over several gateways."
            );
        }
        var home = Home(options, names, report);
        var session = options.Session;
        return new IdentityPlan
        {
            ApiKeyHeader = options.ApiKeys.Header,
            ApiKeyQuery = options.ApiKeys.Query is { } query ? Encoding.UTF8.GetBytes(query) : null,
            ApiKeySharing = Sharing(options.ApiKeys.SharedBy, options.ApiKeys.EndUserHeader, "apiKeys", report),
            ApiKeyEndUserHeader = options.ApiKeys.EndUserHeader,
            Issuers = [.. issuers],
            Introspection = options.Introspection is { } opaque
                ? IntrospectionCompiler.Compile(opaque, home, folder, report)
                : null,
            // One issuer in error must not turn its tokens into credentials of the upstream.
            OpaqueTokens = options.Jwt.Count == 0 && options.Introspection is null,
            SessionCookies = session.Cookie is { } cookie ? [cookie] : [],
            VouchedBy = session.VouchedBy.ToFrozenSet(StringComparer.Ordinal),
            Accounts =
            [
                .. session.AccountField is { } own ? session.VouchedBy.Select(operation => RuleOf(operation, own, home)) : [],
                .. options.Accounts.Operations.Select(operation => RuleOf(operation, options.Accounts.Field, home)),
            ],
            Unverified = options.Unverified ?? (IsSilent(options) ? UnverifiedWord.Count : UnverifiedWord.Refuse),
            Clients = [.. options.Clients.Select((client, index) => RuleOf(client, $"clients[{index}]", report))],
            Invalid = options.Invalid,
            FoundingPeriod = options.FoundingPeriod,
        };
    }

    // Realm of the accounts that answers name: the issuer's that policy says, else one of their own, whatever issuers there are.
    private static string Home(IdentityOptions options, HashSet<string> issuers, Action<string, string, string> report)
    {
        if (options.Accounts.Issuer is not { } home)
        {
            return "";
        }
        if (!issuers.Contains(home))
        {
            report(
                "accounts.issuer",
                $"There is no issuer `{MessageText.Shown(home)}`.",
                MessageText.Suggest(home, issuers, "List it under `identity.jwt`.")
            );
        }
        return home;
    }

    private static bool IsSilent(IdentityOptions options) =>
        options.Jwt.Count == 0
        && options.Introspection is null
        && options.Session.Cookie is null
        && options.Session.VouchedBy.Count == 0
        && options.Accounts.Operations.Count == 0;

    private static TokenIssuer? Compile(JwtOptions options, string folder, string path, Action<string, string, string> report)
    {
        for (var i = 0; i < options.Algorithms.Count; i++)
        {
            if (!TokenKeys.IsSupported(options.Algorithms[i]))
            {
                report(
                    $"{path}.algorithms[{i}]",
                    $"`{options.Algorithms[i]}` is not an algorithm this gateway verifies.",
                    "Use HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512."
                );
            }
        }
        if (options.Jwks is null == options.Key is null)
        {
            report(path, "An issuer needs either `jwks` or `key`.", "Give the address of its key set, or a file with its key.");
            return null;
        }
        var issuer = new TokenIssuer
        {
            Issuer = options.Issuer,
            // Its name alone: whoever else issues tokens, now or later, no account gets another key by it.
            Realm = options.Issuer,
            Audiences = [.. options.Audience],
            Algorithms = [.. options.Algorithms],
            ClockSkew = options.ClockSkew,
            AccountClaim = options.Account,
            CreatedClaim = options.Created,
            Sharing = Sharing(options.SharedBy, options.EndUserHeader, path, report),
            EndUserHeader = options.EndUserHeader,
        };
        if (options.Key is { } file)
        {
            return ReadKey(issuer, Path.Combine(folder, file), $"{path}.key", report);
        }
        return ReadJwks(issuer, options.Jwks!, folder, $"{path}.jwks", report);
    }

    private static TokenIssuer? ReadJwks(
        TokenIssuer issuer,
        string jwks,
        string folder,
        string path,
        Action<string, string, string> report
    )
    {
        if (!jwks.Contains("://", StringComparison.Ordinal))
        {
            return Read(Path.Combine(folder, jwks), path, report) is { } text
                ? Guarded(
                    path,
                    report,
                    () => issuer with { Keys = TokenKeys.FromJwks(Encoding.UTF8.GetString(text), allowsSecrets: true) }
                )
                : null;
        }
        if (
            !Uri.TryCreate(jwks, UriKind.Absolute, out var url)
            || url.Scheme != "https" && !(url.Scheme == "http" && url.IsLoopback)
        )
        {
            report(
                path,
                "Keys fetched without TLS can be replaced on the way, and with them every identity.",
                "Use an https address, or a file."
            );
            return null;
        }
        return issuer with { JwksUrl = url };
    }

    private static TokenIssuer? ReadKey(TokenIssuer issuer, string file, string path, Action<string, string, string> report)
    {
        if (Read(file, path, report) is not { } bytes)
        {
            return null;
        }
        var text = Encoding.UTF8.GetString(bytes);
        if (text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            return Guarded(path, report, () => issuer with { Keys = TokenKeys.FromPem(text) });
        }
        var secret = SecretFile.Secret(bytes);
        var isNamed = issuer.Algorithms.Any(algorithm => algorithm.StartsWith("HS", StringComparison.Ordinal));
        return Guarded(
            path,
            report,
            () => issuer with { Keys = TokenKeys.FromSecret(secret.Span), Algorithms = isNamed ? issuer.Algorithms : [] }
        );
    }

    private static TokenIssuer? Guarded(string path, Action<string, string, string> report, Func<TokenIssuer> make)
    {
        try
        {
            var issuer = make();
            if (issuer.Keys is { Count: > 0 })
            {
                return issuer;
            }
            report(
                path,
                "The key set holds no key that can verify tokens safely.",
                "RSA keys need 2,048 bits or more, curves are P-256, P-384 and P-521, secrets need 32 bytes or more."
            );
        }
        catch (InvalidDataException fault)
        {
            report(path, fault.Message, "");
        }
        return null;
    }

    internal static byte[]? Read(string file, string path, Action<string, string, string> report)
    {
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length <= MaxKeyFile)
            {
                return File.ReadAllBytes(file);
            }
            report(
                path,
                info.Exists ? $"`{file}` is larger than a key file can be (1 MiB)." : $"`{file}` does not exist.",
                "Name a file with the issuer's key; relative paths start beside the policy file."
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            report(path, $"`{file}` cannot be read: {fault.Message}", "Give the gateway's user the right to read it.");
        }
        return null;
    }

    internal static KeySharing Sharing(SharedByWord word, string? header, string path, Action<string, string, string> report)
    {
        if (header is not null && word != SharedByWord.Service)
        {
            report(
                $"{path}.endUserHeader",
                "Only a service can be believed about its end users; what every app holds, anybody can send.",
                "Set `sharedBy: service`, or remove `endUserHeader`."
            );
        }
        return word switch
        {
            SharedByWord.App => KeySharing.Installed,
            SharedByWord.Service => KeySharing.BackEnd,
            _ => KeySharing.None,
        };
    }

    private static ClientRule RuleOf(ClientOptions options, string path, Action<string, string, string> report)
    {
        if (options.EndUserClaim is not null && options.SharedBy != SharedByWord.Service)
        {
            report(
                $"{path}.endUserClaim",
                "Only a service has end users of its own.",
                "Set `sharedBy: service`, or remove `endUserClaim`."
            );
        }
        return new ClientRule
        {
            Client = Encoding.UTF8.GetBytes(options.Client),
            Sharing = Sharing(options.SharedBy, options.EndUserHeader, path, report),
            EndUserHeader = options.EndUserHeader,
            EndUserClaim = options.EndUserClaim,
            // Names of its own: it must not be able to use up the budgets of accounts it has never seen.
            Realm = $"client:{options.Client}",
        };
    }

    private static AccountRule RuleOf(string operation, string? field, string home) =>
        new()
        {
            Operation = operation,
            AccountField = field?.Split('.').Select(Encoding.UTF8.GetBytes).ToArray(),
            Realm = home,
        };
}
