namespace Portcullis.Core.Policy.Options;

/// <summary>Whom to ask what an opaque bearer token stands for, as written.</summary>
public sealed record IntrospectionOptions
{
    [Option(
        "Where tokens are asked about (RFC 7662).",
        Form = OptionForm.Url,
        IsRequired = true,
        Example = "https://login.example.com/introspect"
    )]
    public string Url { get; set; } = "";

    [Option("How the gateway names itself there.", IsRequired = true)]
    public string ClientId { get; set; } = "";

    [Option("File with the gateway's secret there.", Form = OptionForm.Path, IsRequired = true)]
    public string ClientSecret { get; set; } = "";

    [Option("Field of the answer that names the account; budgets are kept by it.")]
    public string Account { get; set; } = "sub";

    [Option("The `aud` of the answer; one of these must be in it. Without it every audience is believed.")]
    public List<string> Audience { get; set; } = [];

    [Option(
        "How long an answer is believed, and so how long a token that was ended there still passes here.",
        Min = "1s",
        Max = "10m"
    )]
    public TimeSpan Cache { get; set; } = TimeSpan.FromMinutes(1);

    [Option(
        "Who holds one token: `nobody` else but the account it names, every copy of an `app`, or a `service` with many end users. Shared tokens are pools."
    )]
    public SharedByWord SharedBy { get; set; }

    [Option("Header in which the holder of a shared token names the end user.", Form = OptionForm.Token)]
    public string? EndUserHeader { get; set; }
}
