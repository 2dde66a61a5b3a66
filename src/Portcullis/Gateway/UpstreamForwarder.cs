using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Portcullis.AspNetCore;
using Yarp.ReverseProxy.Forwarder;

namespace Portcullis.Gateway;

/// <summary>Sends judged requests to their upstream through YARP's forwarder, one connection pool per upstream address.</summary>
internal sealed partial class UpstreamForwarder(IHttpForwarder forwarder, ILogger<UpstreamForwarder> log, TimeProvider time)
    : IDisposable
{
    private readonly SparingVoice _voice = new(time);
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _invokers = new();

    public async Task ForwardAsync(HttpContext context)
    {
        var feature = context.Features.GetRequiredFeature<IExchangeFeature>();
        var exchange = feature.Exchange;
        if (exchange.Upstream is not { } upstream)
        {
            // Only in monitor mode: a host no upstream answers to has nowhere to go.
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }
        var invoker = _invokers.GetOrAdd(upstream.AddressPrefix, _ => CreateInvoker());
        var error = await forwarder.SendAsync(
            context,
            upstream.AddressPrefix,
            invoker,
            ForwarderRequestConfig.Empty,
            new UpstreamTransformer(exchange),
            feature.Overdue
        );
        if (error != ForwarderError.None)
        {
            feature.BreakOff();
        }
        // Only that nothing was reached at all: who leaves, and whose answer is withheld, is in the journal.
        if (error is ForwarderError.Request or ForwarderError.RequestTimedOut && _voice.ShallSay(upstream.AddressPrefix, out _))
        {
            var fault = context.GetForwarderErrorFeature()?.Exception;
            LogUnreachable(upstream.AddressPrefix, ReasonOf(fault, error));
        }
    }

    // Only faults of the connection in their own words: others quote what the upstream sent, which may be somebody's data.
    internal static string ReasonOf(Exception? fault, ForwarderError error) =>
        fault switch
        {
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
            } connection => connection.Message,
            HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } =>
                "it closed the connection before its answer was complete.",
            HttpRequestException other => $"what it sent is no sound answer ({other.HttpRequestError}).",
            null => $"{error}.",
            _ => $"{error} ({fault.GetType().Name}).",
        };

    [LoggerMessage(Level = LogLevel.Error, Message = "The upstream {Address} does not answer: {Reason} Callers get 502.")]
    private partial void LogUnreachable(string address, string reason);

    public void Dispose()
    {
        foreach (var invoker in _invokers.Values)
        {
            invoker.Dispose();
        }
    }

    private static HttpMessageInvoker CreateInvoker() => new(new SentOnce(NewHandler()));

    private static SocketsHttpHandler NewHandler() =>
        new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            EnableMultipleHttp2Connections = true,
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 64 * 1024,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
        };
}
