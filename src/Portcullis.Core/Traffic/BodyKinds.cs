namespace Portcullis.Core.Traffic;

/// <summary>Which reader a body calls for: by its media type at the response head, by its first bytes when that is missing or lies.</summary>
public static class BodyKinds
{
    /// <summary>
    /// The kind for a Content-Type header's value. A missing one is sniffed later and counts as text; what no reader understands, and any
    /// charset but UTF-8 and its subset US-ASCII, is <see cref="BodyKind.Opaque"/>.
    /// </summary>
    public static BodyKind Of(string? contentType)
    {
        if (string.IsNullOrWhiteSpace(contentType))
        {
            return BodyKind.Text;
        }
        var type = contentType.AsSpan();
        var semicolon = type.IndexOf(';');
        if (semicolon >= 0)
        {
            if (!HasCharset(type[(semicolon + 1)..], Utf8Names))
            {
                return BodyKind.Opaque;
            }
            type = type[..semicolon];
        }
        return OfType(type.Trim());
    }

    /// <summary>
    /// True for an <see cref="BodyKind.Opaque"/> type whose body may turn out to be readable all the same: one that says nothing
    /// (<c>application/octet-stream</c>), or a charset that is UTF-8 as long as it is ASCII.
    /// </summary>
    public static bool MayBeRead(string? contentType) =>
        contentType is not null && (OfAscii(contentType) != BodyKind.Opaque || SaysNothing(TypeOf(contentType)));

    /// <summary>The kind of a body in a charset that extends ASCII; Opaque for any other charset and for types no reader understands.</summary>
    public static BodyKind OfAscii(string? contentType)
    {
        var type = contentType.AsSpan();
        var semicolon = type.IndexOf(';');
        return semicolon < 0 || !HasCharset(type[(semicolon + 1)..], ExtendedAscii)
            ? BodyKind.Opaque
            : OfType(TypeOf(contentType));
    }

    /// <summary>True for a JSON media type, in whatever charset.</summary>
    public static bool IsJsonType(string? contentType) => OfType(TypeOf(contentType)) == BodyKind.Json;

    /// <summary>True when a body of this Content-Type can be read whole and judged.</summary>
    public static bool CanRead(string? contentType) => Of(contentType) != BodyKind.Opaque;

    /// <summary>The kind a body's first bytes speak of: JSON, XML (or HTML) or text.</summary>
    public static BodyKind Sniff(ReadOnlySpan<byte> body)
    {
        var start = body.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty)
        {
            return BodyKind.None;
        }
        return start[0] switch
        {
            (byte)'{' or (byte)'[' => BodyKind.Json,
            (byte)'<' => BodyKind.Xml,
            _ => BodyKind.Text,
        };
    }

    private static BodyKind OfType(ReadOnlySpan<char> type)
    {
        if (Ends(type, "/stream+json"))
        {
            return BodyKind.NdJson;
        }
        if (Ends(type, "/json") || Ends(type, "+json") || Ends(type, "/x-json"))
        {
            return BodyKind.Json;
        }
        if (Ends(type, "/x-ndjson") || Ends(type, "/ndjson") || Ends(type, "/jsonl") || Ends(type, "/x-jsonlines"))
        {
            return BodyKind.NdJson;
        }
        if (Ends(type, "/xml") || Ends(type, "+xml"))
        {
            return BodyKind.Xml;
        }
        if (Ends(type, "/x-www-form-urlencoded"))
        {
            return BodyKind.Form;
        }
        if (Ends(type, "/csv") || Ends(type, "/tab-separated-values"))
        {
            return BodyKind.Csv;
        }
        if (type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            return BodyKind.Opaque;
        }
        return
            Starts(type, "text/")
            || Ends(type, "javascript")
            || Ends(type, "/yaml")
            || Ends(type, "/x-yaml")
            || Ends(type, "/graphql")
            ? BodyKind.Text
            : BodyKind.Opaque;
    }

    private static readonly string[] Utf8Names = ["utf-8", "utf8", "us-ascii", "ascii"];

    private static readonly string[] ExtendedAscii = ["iso-8859-1", "iso-8859-15", "latin1", "windows-1252", "cp1252"];

    private static ReadOnlySpan<char> TypeOf(ReadOnlySpan<char> contentType)
    {
        var semicolon = contentType.IndexOf(';');
        return (semicolon < 0 ? contentType : contentType[..semicolon]).Trim();
    }

    private static bool SaysNothing(ReadOnlySpan<char> type) =>
        Ends(type, "/octet-stream")
        || Ends(type, "/x-download")
        || Ends(type, "/download")
        || Ends(type, "/force-download")
        || Ends(type, "/unknown");

    private static bool HasCharset(ReadOnlySpan<char> parameters, string[] names)
    {
        foreach (var range in parameters.Split(';'))
        {
            var parameter = parameters[range].Trim();
            if (!Starts(parameter, "charset"))
            {
                continue;
            }
            var equals = parameter.IndexOf('=');
            var charset = equals < 0 ? default : parameter[(equals + 1)..].Trim().Trim("\"'");
            var isKnown = false;
            foreach (var name in names)
            {
                isKnown |= charset.Equals(name, StringComparison.OrdinalIgnoreCase);
            }
            if (!isKnown)
            {
                return false;
            }
        }
        return true;
    }

    private static bool Ends(ReadOnlySpan<char> text, string end) => text.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    private static bool Starts(ReadOnlySpan<char> text, string start) =>
        text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
