using System.Collections.Frozen;
using Portcullis.Core.Identity.Keys;

namespace Portcullis.Core.Identity;

/// <summary>Which credentials are looked for, where, and what each proves; compiled from the policy, immutable.</summary>
public sealed record IdentityPlan
{
    /// <summary>Header of an API key of the own store; null looks for none.</summary>
    public string? ApiKeyHeader { get; init; } = "X-Api-Key";

    /// <summary>Query parameter of an API key of the own store; null looks for none.</summary>
    public byte[]? ApiKeyQuery { get; init; }

    /// <summary>Who shares each key of the own store that does not say so itself.</summary>
    public KeySharing ApiKeySharing { get; init; }

    /// <summary>Header in which requests with a key that a back end shares name their end user; a key's own setting comes first.</summary>
    public string? ApiKeyEndUserHeader { get; init; }

    /// <summary>Who may sign tokens. Without any, bearer tokens are credentials of the upstream that only it can vouch for.</summary>
    public TokenIssuer[] Issuers { get; init; } = [];

    /// <summary>Whether bearer tokens that are no JWT wait for the upstream's word; null means only when there are no issuers.</summary>
    public bool? OpaqueTokens { get; init; }

    /// <summary>Whom to ask about bearer tokens that are no JWT of <see cref="Issuers"/>; null asks nobody.</summary>
    public IntrospectionPlan? Introspection { get; init; }

    /// <summary>Cookies that carry the upstream's session; the first one present counts.</summary>
    public string[] SessionCookies { get; init; } = [];

    /// <summary>
    /// Operations (<c>METHOD /template</c>) whose success proves that the upstream accepted the credential. Operations that require
    /// authentication are added by themselves once the upstream was seen to answer 401 or 403 on them.
    /// </summary>
    public FrozenSet<string> VouchedBy { get; init; } = FrozenSet<string>.Empty;

    /// <summary>How long an upstream's word for a session lasts after its last success; 24 h unless set.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What becomes of a credential that is present and invalid.</summary>
    public InvalidWord Invalid { get; init; }

    /// <summary>
    /// What becomes of personal data for a credential that only the upstream can judge and has not vouched for, on operations that
    /// contract and policy say nothing of. Refused unless set; a policy that names no issuer, cookie or vouching operation counts.
    /// </summary>
    public UnverifiedWord Unverified { get; init; }

    /// <summary>Client applications with pools or end users of their own.</summary>
    public ClientRule[] Clients { get; init; } = [];

    /// <summary>Replies that tell which account a credential belongs to.</summary>
    public AccountRule[] Accounts { get; init; } = [];

    /// <summary>
    /// Identities first seen within this long after the gateway first ran are not new: existing customers cannot be told from new ones
    /// then. Zero unless set, so that everybody is new on the first day; a claim with the account's age decides without it.
    /// </summary>
    public TimeSpan FoundingPeriod { get; init; } = TimeSpan.Zero;

    internal bool AdmitsOpaqueTokens => OpaqueTokens ?? Issuers.Length == 0;
}
