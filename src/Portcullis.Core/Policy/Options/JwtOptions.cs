namespace Portcullis.Core.Policy.Options;

/// <summary>One issuer whose tokens are believed.</summary>
public sealed record JwtOptions
{
    [Option("The `iss` claim, compared exactly.", IsRequired = true, Example = "https://login.example.com/")]
    public string Issuer { get; set; } = "";

    [Option("The `aud` claim; one of these must be in the token. Without it every audience is believed.")]
    public List<string> Audience { get; set; } = [];

    [Option(
        "Key set (JWKS) of the issuer.",
        Form = OptionForm.UrlOrPath,
        Example = "https://login.example.com/.well-known/jwks.json"
    )]
    public string? Jwks { get; set; }

    [Option("File with one key: PEM (public key or certificate) or a shared secret of 32 bytes or more.", Form = OptionForm.Path)]
    public string? Key { get; set; }

    [Option("Signature algorithms that are believed; `none` is not possible.")]
    public List<string> Algorithms { get; set; } = ["RS256", "ES256", "PS256"];

    [Option("Claim that names the account; budgets are kept by it.")]
    public string Account { get; set; } = "sub";

    [Option(
        "Claim with the time the account was made (Unix seconds or ISO 8601), by which new identities are told from old ones."
    )]
    public string? Created { get; set; }

    [Option("How far the issuer's clock may be off.", Min = "0s", Max = "10m")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(60);

    [Option(
        "Who holds one token: `nobody` else but the account it names, every copy of an `app`, or a `service` with many end users. Shared tokens are pools."
    )]
    public SharedByWord SharedBy { get; set; }

    [Option(
        "Header in which the holder of a shared token names the end user; believed with a token of this issuer, and only then.",
        Form = OptionForm.Token
    )]
    public string? EndUserHeader { get; set; }
}
