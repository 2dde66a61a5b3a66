namespace Portcullis.Core.Policy.Options;

/// <summary>The gateway's own certificate.</summary>
public sealed record TlsOptions
{
    [Option("Certificate, then its intermediates, PEM. A renewed file is taken up within seconds.", Form = OptionForm.Path)]
    public string? Certificate { get; set; }

    [Option("Private key, PEM; the certificate file unless set.", Form = OptionForm.Path)]
    public string? Key { get; set; }
}
