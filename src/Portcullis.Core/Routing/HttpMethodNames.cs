using System.Collections.Frozen;

namespace Portcullis.Core.Routing;

/// <summary>
/// Methods by which operations can be named: those of the HTTP Method Registry (RFC 9110, section 16.1) that ask for a resource, and PURGE,
/// which caches know. A name that is none of them is a slip of the pen: an operation that no request ever matches, and so protects nothing.
/// </summary>
internal static class HttpMethodNames
{
    private static readonly string[] Common = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "TRACE"];

    private static readonly string[] Registered =
    [
        .. Common,
        "ACL",
        "BASELINE-CONTROL",
        "BIND",
        "CHECKIN",
        "CHECKOUT",
        "COPY",
        "LABEL",
        "LINK",
        "LOCK",
        "MERGE",
        "MKACTIVITY",
        "MKCALENDAR",
        "MKCOL",
        "MKREDIRECTREF",
        "MKWORKSPACE",
        "MOVE",
        "ORDERPATCH",
        "PROPFIND",
        "PROPPATCH",
        "PURGE",
        "REBIND",
        "REPORT",
        "SEARCH",
        "UNBIND",
        "UNCHECKOUT",
        "UNLINK",
        "UNLOCK",
        "UPDATE",
        "UPDATEREDIRECTREF",
        "VERSION-CONTROL",
    ];

    private static readonly FrozenSet<string> All = Registered.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Those that most APIs make do with, for messages.</summary>
    public static string Usual { get; } = string.Join(", ", Common);

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Known => All;

    /// <summary>The one most like a misspelt one, of equals the more usual; null when none is near.</summary>
    public static string? Nearest(string method) => MessageText.Nearest(method, Registered);

    /// <summary>True for a known method; methods are case-sensitive.</summary>
    public static bool IsKnown(string method) => All.Contains(method);
}
