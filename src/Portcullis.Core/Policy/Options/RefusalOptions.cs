namespace Portcullis.Core.Policy.Options;

/// <summary>The body of refusals, where it is not problem+json.</summary>
public sealed record RefusalOptions
{
    [Option(
        "Body with `{status}`, `{title}`, `{incident}` and `{executed}` (`true` where the upstream has carried the request out and only its answer is withheld) replaced; spaces within the braces do not matter. A misspelt one is an error; other words in braces are left as they are. Without it problem+json (RFC 9457)."
    )]
    public string? Template { get; set; }

    [Option("Media type of the template.", Example = "application/json")]
    public string Type { get; set; } = "application/problem+json";
}
