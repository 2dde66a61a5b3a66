using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Turns the written introspection options into a plan; reads the secret.</summary>
internal static class IntrospectionCompiler
{
    private const string Path = "introspection";

    public static IntrospectionPlan? Compile(
        IntrospectionOptions options,
        string home,
        string folder,
        Action<string, string, string> report
    )
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url))
        {
            return null;
        }
        if (url.Scheme != "https" && !url.IsLoopback)
        {
            report(
                $"{Path}.url",
                "Tokens and answers without TLS can be read and replaced on the way, and with them every identity.",
                "Use an https address."
            );
        }
        var sharing = IdentityPlanCompiler.Sharing(options.SharedBy, options.EndUserHeader, Path, report);
        var file = System.IO.Path.Combine(folder, options.ClientSecret);
        if (options.ClientSecret.Length == 0 || IdentityPlanCompiler.Read(file, $"{Path}.clientSecret", report) is not { } secret)
        {
            return null;
        }
        return new IntrospectionPlan
        {
            Url = url,
            ClientId = options.ClientId,
            // A file edited by hand ends in a line break that is no part of the secret.
            ClientSecret = new SecretText(Encoding.UTF8.GetString(secret).TrimEnd('\r', '\n')),
            Cache = options.Cache,
            Issuer = new TokenIssuer
            {
                Realm = home,
                Audiences = [.. options.Audience],
                AccountClaim = options.Account,
                ClockSkew = TimeSpan.Zero,
                Sharing = sharing,
                EndUserHeader = options.EndUserHeader,
            },
        };
    }
}
