using System.Net;
using System.Net.Security;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Portcullis.Gateway;

/// <summary>Binds Kestrel to the addresses of the settings: HTTP/1.1 in the clear, HTTP/1.1 and HTTP/2 over TLS.</summary>
internal static class Endpoints
{
    /// <summary>Adds one address.</summary>
    /// <exception cref="InvalidOperationException">An https address without a certificate.</exception>
    public static void Bind(KestrelServerOptions kestrel, Uri address, ServerCertificate? certificate)
    {
        void Configure(ListenOptions listen)
        {
            if (address.Scheme == Uri.UriSchemeHttps)
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                var shown =
                    certificate
                    ?? throw new InvalidOperationException(
                        $"{address} needs a certificate: set `tls.certificate` and `tls.key` to PEM files."
                    );
                listen.UseHttps(
                    new TlsHandshakeCallbackOptions
                    {
                        OnConnection = _ =>
                            ValueTask.FromResult(
                                new SslServerAuthenticationOptions { ServerCertificateContext = shown.Current() }
                            ),
                    }
                );
            }
        }

        if (address.Host is "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (IPAddress.Parse(address.Host.Trim('[', ']')) is var ip && ip.Equals(IPAddress.IPv6Any))
        {
            // Of both families, and also where the machine has only the older.
            kestrel.ListenAnyIP(address.Port, Configure);
        }
        else
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
    }

    /// <summary>Limits on what strangers can make the server hold.</summary>
    public static void Harden(KestrelServerOptions kestrel)
    {
        // A bare line feed ends no line: proxies that disagree about it can be made to see two requests where there is one.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        kestrel.AddServerHeader = false;
        kestrel.AllowSynchronousIO = false;
        // Header bytes beyond ASCII pass as they came, both ways.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        var limits = kestrel.Limits;
        // Request bodies are streamed or held within the gate's own caps; Kestrel's 30 MB limit would only surprise uploads.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 64 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.MaxConcurrentConnections = 50_000;
        limits.MaxConcurrentUpgradedConnections = 10_000;
        // What one connection may make the server buffer, either way.
        limits.MaxRequestBufferSize = 128 * 1024;
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.MaxFrameSize = 16 * 1024;
        limits.Http2.HeaderTableSize = 4096;
        limits.Http2.MaxRequestHeaderFieldSize = 16 * 1024;
        limits.Http2.InitialStreamWindowSize = 128 * 1024;
        limits.Http2.InitialConnectionWindowSize = 256 * 1024;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);
    }
}
