using Portcullis.Core.Admission;

namespace Portcullis.Core.Policy.Options;

/// <summary>How the sender of a webhook signs, as written.</summary>
public sealed record WebhookOptions
{
    [Option("Header with the signature.", Form = OptionForm.Token, IsRequired = true, Example = "X-Hub-Signature-256")]
    public string Header { get; set; } = "";

    [Option(
        "Files with the shared secret, 16 bytes or more; two while it is being changed.",
        Form = OptionForm.Path,
        IsRequired = true
    )]
    public List<string> Secrets { get; set; } = [];

    [Option(
        "What is signed and how it is written, HMAC-SHA-256 all of them: `hex` or `base64` of the body, with or without `sha256=` in front; `timestamped` is `t=SECONDS,v1=HEX` over time, dot and body; `standard` is that of Standard Webhooks."
    )]
    public WebhookScheme Scheme { get; set; }

    [Option(
        "How old a signature with a time may be; `hex` and `base64` have none and can be sent again.",
        Min = "1s",
        Max = "1h"
    )]
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);
}
