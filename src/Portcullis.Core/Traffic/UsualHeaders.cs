using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Portcullis.Core.Traffic;

/// <summary>Header names of ordinary answers, which speak of the message and of nobody.</summary>
public static class UsualHeaders
{
    /// <summary>Commonest first.</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "Content-Type",
        "Content-Length",
        "Date",
        "Server",
        "Cache-Control",
        "ETag",
        "Vary",
        "Connection",
        "Transfer-Encoding",
        "Content-Encoding",
        "Last-Modified",
        "Strict-Transport-Security",
        "X-Content-Type-Options",
        "X-Frame-Options",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers",
        "Accept-Ranges",
        "Age",
        "Allow",
        "Alt-Svc",
        "Content-Language",
        "Content-Security-Policy",
        "Expires",
        "Keep-Alive",
        "Pragma",
        "Referrer-Policy",
        "Retry-After",
        "Via",
        "WWW-Authenticate",
    ];

    private static readonly FrozenSet<string> All = Names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string name) => All.Contains(name);
}
