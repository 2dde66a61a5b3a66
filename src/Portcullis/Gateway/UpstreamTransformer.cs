using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
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
internal sealed class UpstreamTransformer(Exchange exchange) : HttpTransformer
{
    private static readonly FrozenSet<string> Forwarding = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix"]
    );

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

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        var request = httpContext.Request;
        var host = (string?)request.Headers.Host;
        var peer = Plain(httpContext.Connection.RemoteIpAddress);
        var isTrusted = peer is not null && ClientAddress.IsTrusted(peer, exchange.Policy.TrustedProxies);
        proxyRequest.RequestUri = TargetUri(exchange.Upstream!, exchange.RawTarget, request);
        SetHost(proxyRequest.Headers, exchange.Upstream!.KeepsHost ? host : null);
        RemoveUnwanted(proxyRequest.Headers, isTrusted);
        Forward(proxyRequest.Headers, peer, isTrusted, request.Scheme, host);
    }

    public override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext,
        HttpResponseMessage proxyResponse,
        CancellationToken cancellationToken
    ) =>
        // Trailers come when the answer has been judged: with a measured one they stay here (RFC 9110 section 6.5.1 lets them).
        exchange is { IsEnforced: true, Release: ReleaseKind.Measured }
            ? ValueTask.CompletedTask
            : base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);

    // What was copied has to be read in any case, and proves itself by that; to set it would be to prove it a second time.
    private static void SetHost(HttpRequestHeaders headers, string? host)
    {
        if (host is null || headers.Host != host)
        {
            headers.Host = host;
        }
    }

    private void RemoveUnwanted(HttpRequestHeaders headers, bool isTrusted)
    {
        List<string>? unwanted = null;
        foreach (var header in headers.NonValidated)
        {
            if ((!isTrusted && Forwarding.Contains(header.Key)) || (exchange.IsEnforced && IsDouble(header.Key)))
            {
                (unwanted ??= []).Add(header.Key);
            }
        }
        if (unwanted is null)
        {
            return;
        }
        foreach (var name in unwanted)
        {
            headers.Remove(name);
        }
    }

    // CGI-style servers read X_Original_URL as X-Original-URL: what is refused or set under its own name must not arrive under that one.
    private static bool IsDouble(string name) => name.Contains('_') && Guarded.Contains(name.Replace('_', '-'));

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

    private static void Forward(HttpRequestHeaders headers, IPAddress? peer, bool isTrusted, string scheme, string? host)
    {
        if (peer is not null)
        {
            var chain = "";
            if (isTrusted && headers.TryGetValues("X-Forwarded-For", out var before))
            {
                chain = string.Join(", ", before) + ", ";
                headers.Remove("X-Forwarded-For");
            }
            headers.TryAddWithoutValidation("X-Forwarded-For", chain + peer);
        }
        if (!isTrusted || !headers.Contains("X-Forwarded-Proto"))
        {
            headers.TryAddWithoutValidation("X-Forwarded-Proto", scheme);
        }
        if (!isTrusted || !headers.Contains("X-Forwarded-Host"))
        {
            headers.TryAddWithoutValidation("X-Forwarded-Host", host);
        }
    }

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
