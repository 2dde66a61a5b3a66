using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Portcullis.AspNetCore;

/// <summary>
/// Remembers which origins an upstream lets read its answers, so that a browser application can read a refusal made before the upstream
/// was asked. Only what the upstream itself said is repeated; bounded, and forgetting merely hides a refusal's text from a script.
/// </summary>
internal sealed class CorsMemory
{
    private const int MostOrigins = 1024;
    private const string AnyOrigin = "*";

    private readonly ConcurrentDictionary<(string Upstream, string Origin), bool> _allowed = new();

    /// <summary>Notes what an answer of the upstream says to the request's origin.</summary>
    public void Learn(string upstream, IHeaderDictionary answer)
    {
        var origin = answer.AccessControlAllowOrigin;
        if (origin.Count != 1 || _allowed.Count >= MostOrigins)
        {
            return;
        }
        var withCredentials = answer.AccessControlAllowCredentials == "true";
        _allowed.TryAdd((upstream, origin[0]!), withCredentials);
    }

    /// <summary>Gives a refusal the headers the upstream would have given it.</summary>
    public void Apply(string upstream, HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        var headers = context.Response.Headers;
        if (origin.Count != 1 || headers.AccessControlAllowOrigin.Count > 0)
        {
            return;
        }
        if (_allowed.TryGetValue((upstream, origin[0]!), out var withCredentials))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.Append("Vary", "Origin");
            if (withCredentials)
            {
                headers.AccessControlAllowCredentials = "true";
            }
        }
        else if (_allowed.ContainsKey((upstream, AnyOrigin)))
        {
            headers.AccessControlAllowOrigin = AnyOrigin;
        }
    }
}
