namespace Portcullis.Core.Policy.Options;

/// <summary>Session cookies of the upstream.</summary>
public sealed record SessionOptions
{
    [Option("Name of the session cookie; without it sessions are not looked for.", Form = OptionForm.Token)]
    public string? Cookie { get; set; }

    [Option(
        "Operations that the upstream refuses without a valid session; a cookie that passes there is believed.",
        Form = OptionForm.Operation
    )]
    public List<string> VouchedBy { get; set; } = [];

    [Option("Field of those operations' answers that names the account, dotted.", Example = "user.id")]
    public string? AccountField { get; set; }
}
