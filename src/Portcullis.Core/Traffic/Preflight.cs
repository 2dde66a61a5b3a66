namespace Portcullis.Core.Traffic;

/// <summary>The question browsers ask before they call another origin (Fetch standard, CORS-preflight request).</summary>
internal static class Preflight
{
    /// <summary>True for OPTIONS with both headers; it carries no credentials by design.</summary>
    public static bool Is(Exchange exchange) =>
        exchange.Method == "OPTIONS"
        && exchange.RequestHeaders.Has("Origin")
        && exchange.RequestHeaders.Has("Access-Control-Request-Method");
}
