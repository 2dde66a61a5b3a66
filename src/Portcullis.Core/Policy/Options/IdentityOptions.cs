namespace Portcullis.Core.Policy.Options;

/// <summary>How callers are recognised; whoever proves nothing is anonymous.</summary>
public sealed record IdentityOptions
{
    [Option("Keys issued by this gateway.")]
    public ApiKeyOptions ApiKeys { get; set; } = new();

    [Option("Issuers whose tokens are believed.")]
    public List<JwtOptions> Jwt { get; set; } = [];

    [Option("Session cookies, believed once the upstream accepted them where it refuses others.")]
    public SessionOptions Session { get; set; } = new();

    [Option("Answers that tell which account a token or session belongs to, so that budgets survive a new login.")]
    public AccountOptions Accounts { get; set; } = new();
}
