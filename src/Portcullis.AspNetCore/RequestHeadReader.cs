using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>Fills the request head of an exchange from an HTTP context.</summary>
internal static class RequestHeadReader
{
    public static void Read(HttpContext context, LiveExchange live)
    {
        var exchange = live.Exchange;
        var request = context.Request;
        live.RequestHeaders.Headers = request.Headers;
        exchange.Method = request.Method;
        exchange.RawTarget = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        exchange.HasFramingConflict = HasFramingConflict(request);
        exchange.Host = HostOf(request.Host.Value);
        exchange.ClientAddress = ClientAddress.Of(context, exchange.Policy.TrustedProxies);
    }

    // RFC 9112 section 6.1. Kestrel goes by Transfer-Encoding, and keeps a Content-Length that came with it under another name.
    private static bool HasFramingConflict(HttpRequest request)
    {
        var coding = request.Headers.TransferEncoding;
        return coding.Count > 0
            && (
                coding.Count > 1
                || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
                || request.ContentLength is not null
                || request.Headers.ContainsKey("X-Content-Length")
                || !HttpProtocol.IsHttp11(request.Protocol)
            );
    }

    /// <summary>Lower case, without port, trailing dot removed; allocates only when something has to change.</summary>
    private static string HostOf(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "";
        }
        var end = value.Length;
        var colon = value.LastIndexOf(':');
        if (colon > 0 && value.IndexOf(']') < colon)
        {
            end = colon;
        }
        if (end > 0 && value[end - 1] == '.')
        {
            end--;
        }
        var host = end == value.Length ? value : value[..end];
        return host.AsSpan().ContainsAnyInRange('A', 'Z') ? host.ToLowerInvariant() : host;
    }
}
