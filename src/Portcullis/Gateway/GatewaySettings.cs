namespace Portcullis.Gateway;

/// <summary>What is fixed for the life of the process: where it listens and where it keeps its data.</summary>
internal sealed record GatewaySettings
{
    /// <summary>Addresses callers connect to.</summary>
    public required IReadOnlyList<Uri> Listen { get; init; }

    /// <summary>Address of health checks and the admin API; loopback unless set.</summary>
    public required Uri Admin { get; init; }

    /// <summary>PEM file with the certificate, then its intermediates; needed for https addresses.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the private key; null when it stands in the certificate file.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Where people read what becomes of renewed certificates.</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>How long requests in flight may take after SIGTERM.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
