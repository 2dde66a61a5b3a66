using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.AspNetCore;
using Portcullis.Core.Policy;
using Yarp.ReverseProxy.Forwarder;

namespace Portcullis.Gateway;

/// <summary>Sends judged requests to their upstream through YARP's forwarder, one connection pool per upstream address.</summary>
internal sealed class UpstreamForwarder(IHttpForwarder forwarder) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _invokers = new();

    public async Task ForwardAsync(HttpContext context)
    {
        var exchange = context.Features.GetRequiredFeature<IExchangeFeature>().Exchange;
        if (exchange.Upstream is not { } upstream)
        {
            // Only in monitor mode: a host no upstream answers to has nowhere to go.
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }
        var invoker = _invokers.GetOrAdd(upstream.AddressPrefix, _ => CreateInvoker());
        await forwarder.SendAsync(
            context,
            upstream.AddressPrefix,
            invoker,
            ForwarderRequestConfig.Empty,
            UpstreamTransformer.Instance
        );
    }

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private static HttpMessageInvoker CreateInvoker() =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.None,
                UseCookies = false,
                EnableMultipleHttp2Connections = true,
                ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
                ConnectTimeout = TimeSpan.FromSeconds(15),
                PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            }
        );
}
