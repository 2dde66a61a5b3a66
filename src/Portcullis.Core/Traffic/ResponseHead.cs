namespace Portcullis.Core.Traffic;

/// <summary>Reads from status and headers alone whether an answer's body can be held, decoded and read whole.</summary>
internal static class ResponseHead
{
    public static UnreadableCause CauseOf(Exchange exchange)
    {
        // RFC 3229: a 226 is what has changed, not the thing.
        if (exchange.Status is 101 or 206 or 226)
        {
            return exchange.Status == 101 ? UnreadableCause.Stream : UnreadableCause.Partial;
        }
        if (exchange.ResponseHeaders is not { } headers || exchange.Status is 204 or 304 or (>= 100 and < 200))
        {
            return UnreadableCause.None;
        }
        if (headers.Get("Content-Length", out var length) == 1 && length == "0")
        {
            return UnreadableCause.None;
        }
        var mediaType = headers.First("Content-Type");
        if (IsStream(mediaType))
        {
            return UnreadableCause.Stream;
        }
        if (headers.Get("Content-Encoding", out var coding) > 0 && !IsDecodable(coding!))
        {
            return UnreadableCause.Coding;
        }
        if (long.TryParse(length, out var bytes) && bytes > exchange.Policy.Hold.PerBody)
        {
            return UnreadableCause.OverCap;
        }
        return BodyKinds.Of(mediaType) == BodyKind.Opaque && !BodyKinds.MayBeRead(mediaType)
            ? UnreadableCause.MediaType
            : UnreadableCause.None;
    }

    /// <summary>True for the codings the gate can decode: one of gzip, br, zstd, or none.</summary>
    public static bool IsDecodable(string coding) =>
        coding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
        || coding.Equals("br", StringComparison.OrdinalIgnoreCase)
        || coding.Equals("zstd", StringComparison.OrdinalIgnoreCase)
        || coding.Equals("identity", StringComparison.OrdinalIgnoreCase);

    private static bool IsStream(string? mediaType) =>
        mediaType is not null
        && (
            mediaType.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || mediaType.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase)
            || mediaType.StartsWith("multipart/x-mixed-replace", StringComparison.OrdinalIgnoreCase)
        );
}
