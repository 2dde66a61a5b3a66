using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Portcullis.Gateway;

/// <summary>Binds Kestrel to the addresses of the settings: HTTP/1.1 in the clear, HTTP/1.1 and HTTP/2 over TLS.</summary>
internal static class Endpoints
{
    /// <summary>Adds one address.</summary>
    /// <exception cref="InvalidOperationException">An https address without a certificate.</exception>
    public static void Bind(KestrelServerOptions kestrel, Uri address, X509Certificate2? certificate)
    {
        void Configure(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps(
                    certificate
                        ?? throw new InvalidOperationException(
                            $"{address} needs a certificate: set `tls.certificate` and `tls.key` to PEM files."
                        )
                );
            }
        }

        if (address.Host is "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else if (address.Host is "*" or "+")
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }
        else
        {
            throw new InvalidOperationException(
                $"{address}: listen on an IP address, on localhost, or on 0.0.0.0 for all addresses; host names belong under `upstreams: hosts`."
            );
        }
    }

    /// <summary>Loads certificate and key.</summary>
    public static X509Certificate2? Load(GatewaySettings settings)
    {
        if (settings.CertificateFile is null)
        {
            return null;
        }
        return X509Certificate2.CreateFromPemFile(settings.CertificateFile, settings.KeyFile ?? settings.CertificateFile);
    }

    /// <summary>Limits on what strangers can make the server hold.</summary>
    public static void Harden(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        // Request bodies are streamed or held within the gate's own caps; Kestrel's 30 MB limit would only surprise uploads.
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
    }
}
