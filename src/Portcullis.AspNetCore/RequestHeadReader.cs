using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.Core.Traffic;

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
        exchange.Host = HostOf(request.Host.Value);
        exchange.ClientAddress = ClientAddress.Of(context, exchange.Policy.TrustedProxies);
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
