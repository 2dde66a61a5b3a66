using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.AspNetCore;
using Portcullis.Core;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;
using Yarp.ReverseProxy.Forwarder;

namespace Portcullis.Gateway;

/// <summary>
/// Builds the upstream's request: the very target that was judged (an encoded slash stays encoded), the Host that policy says, and
/// forwarding headers that only trusted proxies may have begun.
/// </summary>
internal sealed class UpstreamTransformer : HttpTransformer
{
    private static readonly string[] Forwarding =
    [
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Forwarded-Prefix",
    ];

    private static readonly FrozenSet<string> Guarded = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            .. Forwarding,
            .. CanonicalFormGuard.Overriding,
            "Authorization",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "Host",
            "Transfer-Encoding",
        ]
    );

    public static readonly UpstreamTransformer Instance = new();

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var exchange = httpContext.Features.GetRequiredFeature<IExchangeFeature>().Exchange;
        proxyRequest.RequestUri = TargetUri(exchange.Upstream!, exchange.RawTarget, httpContext.Request);
        proxyRequest.Headers.Host = exchange.Upstream!.KeepsHost ? httpContext.Request.Host.Value : null;
        Forward(httpContext, proxyRequest, exchange.Policy);
        if (exchange.IsEnforced)
        {
            RemoveDoubles(proxyRequest);
        }
    }

    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext,
        HttpResponseMessage proxyResponse,
        CancellationToken cancellationToken
    )
    {
        // Trailers come when the answer has been judged: with a measured one they stay here (RFC 9110 section 6.5.1 lets them).
        var exchange = httpContext.Features.GetRequiredFeature<IExchangeFeature>().Exchange;
        return exchange is { IsEnforced: true, Release: ReleaseKind.Measured }
            ? ValueTask.CompletedTask
            : base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
    }

    // CGI-style servers read X_Original_URL as X-Original-URL: what is refused or set under its own name must not arrive under that one.
    private static void RemoveDoubles(HttpRequestMessage request)
    {
        List<string>? doubles = null;
        foreach (var header in request.Headers.NonValidated)
        {
            if (header.Key.Contains('_') && Guarded.Contains(header.Key.Replace('_', '-')))
            {
                (doubles ??= []).Add(header.Key);
            }
        }
        foreach (var name in doubles ?? [])
        {
            request.Headers.Remove(name);
        }
    }

    private static Uri TargetUri(UpstreamPlan upstream, string rawTarget, HttpRequest request)
    {
        // Only while monitoring is there any other form; the asterisk has no path.
        var target = rawTarget.StartsWith('/') ? rawTarget : request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        target = target.Length > 0 ? target : "/";
        return new Uri(
            upstream.AddressPrefix + target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
    }

    private static void Forward(HttpContext context, HttpRequestMessage proxyRequest, PolicySnapshot policy)
    {
        var headers = proxyRequest.Headers;
        var peer = context.Connection.RemoteIpAddress;
        var isTrusted = peer is not null && ClientAddress.IsTrusted(Plain(peer), policy.TrustedProxies);
        if (!isTrusted)
        {
            foreach (var name in Forwarding)
            {
                headers.Remove(name);
            }
        }
        if (peer is not null)
        {
            var chain = headers.TryGetValues("X-Forwarded-For", out var before) ? string.Join(", ", before) + ", " : "";
            headers.Remove("X-Forwarded-For");
            headers.TryAddWithoutValidation("X-Forwarded-For", chain + Plain(peer));
        }
        if (!headers.Contains("X-Forwarded-Proto"))
        {
            headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        }
        if (!headers.Contains("X-Forwarded-Host"))
        {
            headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
        }
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
