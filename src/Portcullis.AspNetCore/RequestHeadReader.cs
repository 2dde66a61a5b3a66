using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>Fills the request head of an exchange from an HTTP context.</summary>
internal static class RequestHeadReader
{
    private const string Query = "QUERY";

    public static void Read(HttpContext context, LiveExchange live)
    {
        var exchange = live.Exchange;
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        live.RequestHeaders.Headers = request.Headers;
        exchange.Method = MethodOf(context, request.Method);
        exchange.RawTarget = request.RawTarget;
        exchange.LacksRequestBody = LacksBody(context, request.Headers);
        exchange.HasFramingConflict = HasFramingConflict(request.Headers, request.Protocol);
        // The server's own notion of it decodes international names: what was sent is judged.
        exchange.Host = HostOf(request.Headers.Host);
        exchange.ClientAddress = ClientAddress.Of(context, exchange.Policy.TrustedProxies);
    }

    // Methods differ by case (RFC 9110 section 9.1), yet forwarders and routers take "get" for GET: it must be judged as what it is done as.
    private static string MethodOf(HttpContext context, string method)
    {
        if (HttpMethods.IsConnect(method))
        {
            return OpensWebSocket(context) ? HttpMethods.Get : HttpMethods.Connect;
        }
        if (method.Equals(Query, StringComparison.OrdinalIgnoreCase))
        {
            return Query;
        }
        var name = HttpMethods.GetCanonicalizedValue(method);
        // To the server that answers it "head" is no HEAD: its answer has a body.
        return name == HttpMethods.Head && method != HttpMethods.Head ? HttpMethods.Get : name;
    }

    // RFC 8441: what HTTP/1.1 opens with GET and an upgrade. It is one operation, whichever way it is asked for.
    private static bool OpensWebSocket(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: { } protocol }
        && protocol.Equals("websocket", StringComparison.OrdinalIgnoreCase);

    private static bool LacksBody(HttpContext context, IHeaderDictionary headers) =>
        headers.ContentLength == 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false };

    // RFC 9112 section 6.1. Kestrel goes by Transfer-Encoding, and keeps a Content-Length that came with it under another name.
    private static bool HasFramingConflict(IHeaderDictionary headers, string protocol)
    {
        var coding = headers.TransferEncoding;
        return coding.Count > 0
            && (
                coding.Count > 1
                || !string.Equals(coding[0], "chunked", StringComparison.OrdinalIgnoreCase)
                || headers.ContentLength is not null
                || headers.ContainsKey("X-Content-Length")
                || !HttpProtocol.IsHttp11(protocol)
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
