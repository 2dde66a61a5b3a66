using Portcullis.Core.Json;

namespace Portcullis.Core.Traffic;

/// <summary>
/// JSON in request bodies. Of a member that stands twice in an object one parser takes the first value and another the last, so that what
/// was judged would not be what is done.
/// </summary>
internal static class RequestJson
{
    [ThreadStatic]
    private static JsonTape? _tape;

    /// <summary>Reads a held body that frameworks may take for JSON; whatever is none is left to whoever knows what it must be.</summary>
    public static void Read(Exchange exchange)
    {
        var body = exchange.RequestBody.Span;
        if (!MayBeJson(exchange.RequestHeaders.First("Content-Type"), body))
        {
            return;
        }
        var tape = _tape ??= new JsonTape();
        if (tape.Read(body) == JsonFault.None)
        {
            exchange.RequestTape = tape;
        }
        else
        {
            tape.Clear();
        }
    }

    /// <summary>True when some object of the body that was read names a member twice, escapes undone.</summary>
    public static bool RepeatsMember(Exchange exchange) =>
        exchange.RequestTape is { } tape && !tape.HasDistinctNames(exchange.RequestBody.Span);

    // Some frameworks parse what looks like JSON whatever it is called.
    private static bool MayBeJson(string? contentType, ReadOnlySpan<byte> body) =>
        BodyKinds.Of(contentType) switch
        {
            BodyKind.Json => !body.IsEmpty,
            BodyKind.Text or BodyKind.Opaque => BodyKinds.Sniff(body) == BodyKind.Json,
            _ => false,
        };
}
