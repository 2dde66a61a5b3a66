namespace Portcullis.Gateway;

/// <summary>
/// Keeps a request that may change something from being sent twice. The client's pool sends again, on a new connection, what a reused one
/// lost, unless a body has begun; so each such request gets one, if only an empty one.
/// </summary>
internal sealed class SentOnce(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null && !IsSafe(request.Method))
        {
            request.Content = new ByteArrayContent([]);
        }
        return base.SendAsync(request, cancellationToken);
    }

    // RFC 9110 section 9.2.1. CONNECT opens a stream and takes no body.
    private static bool IsSafe(HttpMethod method) =>
        method == HttpMethod.Get
        || method == HttpMethod.Head
        || method == HttpMethod.Options
        || method == HttpMethod.Trace
        || method == HttpMethod.Connect;
}
