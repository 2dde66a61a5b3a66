namespace Portcullis.Core.Policy.Options;

/// <summary>The gateway's own certificate.</summary>
public sealed record TlsOptions
{
    [Option("Certificate chain, PEM.", Form = OptionForm.Path)]
    public string? Certificate { get; set; }

    [Option("Private key, PEM.", Form = OptionForm.Path)]
    public string? Key { get; set; }
}
