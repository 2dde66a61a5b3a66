namespace Portcullis.Core.Policy.Options;

/// <summary>A client application whose tokens differ from others of their issuer, as written.</summary>
public sealed record ClientOptions
{
    [Option("The client's id: claim `azp` or `client_id` of its tokens.", IsRequired = true, Example = "crm-connector")]
    public string Client { get; set; } = "";

    [Option(
        "Who holds one of its tokens: `nobody` else but the account it names, every copy of an `app`, or a `service` with many end users. Shared tokens are pools."
    )]
    public SharedByWord SharedBy { get; set; } = SharedByWord.Service;

    [Option("Header in which this client, and no other, names its end user.", Form = OptionForm.Token)]
    public string? EndUserHeader { get; set; }

    [Option("Claim in which its tokens name the end user.", Example = "act_for")]
    public string? EndUserClaim { get; set; }
}
