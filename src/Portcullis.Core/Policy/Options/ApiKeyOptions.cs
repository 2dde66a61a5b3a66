namespace Portcullis.Core.Policy.Options;

/// <summary>Where keys of the own store stand.</summary>
public sealed record ApiKeyOptions
{
    [Option("Header that carries the key.", Form = OptionForm.Token)]
    public string? Header { get; set; } = "X-Api-Key";

    [Option("Query parameter that carries the key. Keys in URLs end up in logs; prefer the header.", Form = OptionForm.Token)]
    public string? Query { get; set; }

    [Option(
        "Who holds one key: `nobody` else but one person or tenant, every copy of an `app`, or a `service` with many end users. Shared keys are pools."
    )]
    public SharedByWord SharedBy { get; set; }

    [Option(
        "Header in which the holder of a shared key names the end user; believed with a key that was verified, and only then.",
        Form = OptionForm.Token
    )]
    public string? EndUserHeader { get; set; }
}
