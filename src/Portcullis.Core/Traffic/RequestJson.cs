using System.Text.Unicode;
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

    /// <summary>Reads a held body that frameworks may take for JSON, and notes what keeps two of them from reading it alike.</summary>
    public static void Read(Exchange exchange)
    {
        exchange.RequestFault = JsonFault.None;
        var body = exchange.RequestBody.Span;
        var type = exchange.RequestHeaders.First("Content-Type");
        if (IsDeclared(type))
        {
            exchange.RequestFault = body.IsEmpty ? JsonFault.None : ReadDeclared(exchange, body);
        }
        else if (BodyKinds.Of(type) is BodyKind.Text or BodyKind.Opaque)
        {
            exchange.RequestFault = ReadSniffed(exchange, body);
        }
    }

    /// <summary>True where the body is called JSON, whatever its charset.</summary>
    public static bool IsDeclared(string? contentType) => BodyKinds.IsJsonType(contentType);

    /// <summary>True for a body called JSON that its charset or coding keeps from being read.</summary>
    public static bool IsCoded(Exchange exchange)
    {
        var type = exchange.RequestHeaders.First("Content-Type");
        return !exchange.RequestBody.IsEmpty
            && IsDeclared(type)
            && (BodyKinds.Of(type) != BodyKind.Json || HasCoding(exchange.RequestHeaders));
    }

    /// <summary>True when the bytes of the body are not those of the content.</summary>
    public static bool HasCoding(HeaderSource headers) =>
        headers.Get("Content-Encoding", out var coding) > 0
        && !string.Equals(coding, "identity", StringComparison.OrdinalIgnoreCase);

    /// <summary>A text without the byte order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text is [0xEF, 0xBB, 0xBF, ..] ? text[3..] : text;

    private static JsonFault ReadDeclared(Exchange exchange, ReadOnlySpan<byte> body)
    {
        var tape = _tape ??= new JsonTape();
        return Keep(exchange, tape, body, tape.Read(body));
    }

    // Some frameworks parse what looks like JSON whatever it is called; what no parser takes for JSON is left to whoever knows what it must be.
    private static JsonFault ReadSniffed(Exchange exchange, ReadOnlySpan<byte> body)
    {
        var text = WithoutMark(body);
        if (BodyKinds.Sniff(text) != BodyKind.Json)
        {
            return JsonFault.None;
        }
        var tape = _tape ??= new JsonTape();
        var fault = tape.ReadTokens(text);
        fault = fault == JsonFault.None && !Utf8.IsValid(text) ? JsonFault.InvalidUtf8 : fault;
        fault = Keep(exchange, tape, text, fault);
        if (text.Length != body.Length)
        {
            // Its places are not those of the body.
            exchange.ForgetTapes();
        }
        return fault == JsonFault.Malformed ? JsonFault.None : fault;
    }

    private static JsonFault Keep(Exchange exchange, JsonTape tape, ReadOnlySpan<byte> text, JsonFault fault)
    {
        if (fault != JsonFault.None)
        {
            tape.Clear();
            return fault;
        }
        exchange.RequestTape = tape;
        return tape.HasDistinctNames(text) ? JsonFault.None : JsonFault.DuplicateName;
    }
}
