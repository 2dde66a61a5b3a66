using Portcullis.Core.Identity;

namespace Portcullis.Core.Policy.Options;

/// <summary>How callers are recognised; whoever proves nothing is anonymous.</summary>
public sealed record IdentityOptions
{
    [Option("Keys issued by this gateway.")]
    public ApiKeyOptions ApiKeys { get; set; } = new();

    [Option("Issuers whose tokens are believed.")]
    public List<JwtOptions> Jwt { get; set; } = [];

    [Option("Client applications whose tokens many people stand behind: back ends of front ends, connectors, installed apps.")]
    public List<ClientOptions> Clients { get; set; } = [];

    [Option("Bearer tokens that are no JWT of these issuers: asked about where they were issued.")]
    public IntrospectionOptions? Introspection { get; set; }

    [Option("Session cookies, believed once the upstream accepted them where it refuses others.")]
    public SessionOptions Session { get; set; } = new();

    [Option("Answers that tell which account a token or session belongs to, so that budgets survive a new login.")]
    public AccountOptions Accounts { get; set; } = new();

    [Option(
        "What becomes of a credential that is present and invalid: `refuse` answers 401 except on public operations, `anonymous` goes on as if it were not there."
    )]
    public InvalidWord Invalid { get; set; }

    [Option(
        "Personal data for a credential that only the upstream can judge and has not vouched for, where neither contract nor policy asks for authentication: `refuse` answers 401, `count` passes it and counts it on the caller's network and the anonymous pool. Without this key it is `count` while nothing above says how callers prove who they are, else `refuse`."
    )]
    public UnverifiedWord? Unverified { get; set; }

    [Option(
        "Identities first seen within this time after the gateway first ran are not new: existing customers cannot be told from new ones then. Zero is strict.",
        Min = "0s",
        Max = "30d"
    )]
    public TimeSpan FoundingPeriod { get; set; }
}
