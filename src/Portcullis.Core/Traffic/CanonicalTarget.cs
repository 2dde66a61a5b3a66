using System.Text.Unicode;

namespace Portcullis.Core.Traffic;

/// <summary>
/// Splits a request target into decoded path segments and query parameters. Source: RFC 3986, sections 2.1, 3.3, 3.4 and 6.2.2.
/// An encoded slash stays inside its segment; everything that another parser could normalise away makes the target not canonical.
/// </summary>
internal static class CanonicalTarget
{
    /// <summary>Fills segments and query of the exchange; false when the target can be read in more than one way.</summary>
    public static bool Read(Exchange exchange)
    {
        var target = exchange.RawTarget.AsSpan();
        exchange.PathSegments.Clear();
        exchange.Query.Clear();
        exchange.QueryNamesBehindSemicolons.Clear();
        if (target.IsEmpty || target[0] != '/')
        {
            // The absolute, authority and asterisk forms ask a proxy or the server as a whole; none can be sent on as it came.
            return false;
        }
        if (target.Length > exchange.TargetBytes.Length)
        {
            exchange.TargetBytes = new byte[target.Length];
        }
        var queryAt = target.IndexOf('?');
        var path = queryAt < 0 ? target : target[..queryAt];
        var written = 0;
        return ReadPath(exchange, path[1..], ref written)
            && (queryAt < 0 || ReadQuery(exchange, target[(queryAt + 1)..], ref written));
    }

    private static bool ReadPath(Exchange exchange, ReadOnlySpan<char> path, ref int written)
    {
        while (true)
        {
            var slash = path.IndexOf('/');
            var segment = slash < 0 ? path : path[..slash];
            var start = written;
            if (!Decode(segment, exchange.TargetBytes, ref written, isQuery: false))
            {
                return false;
            }
            var decoded = exchange.TargetBytes.AsSpan(start, written - start);
            if (HasDots(decoded) || decoded.Contains((byte)'\\') || !Utf8.IsValid(decoded))
            {
                return false;
            }
            if (slash < 0)
            {
                // A trailing slash leaves one empty segment, which is a path of its own.
                exchange.PathSegments.Add(new TextRange(start, written - start));
                return true;
            }
            if (segment.IsEmpty)
            {
                return false;
            }
            exchange.PathSegments.Add(new TextRange(start, written - start));
            path = path[(slash + 1)..];
        }
    }

    // Whoever decodes a slash before it resolves dots finds them in the middle of what is one segment here.
    private static bool HasDots(ReadOnlySpan<byte> segment)
    {
        while (true)
        {
            var slash = segment.IndexOf((byte)'/');
            if (slash < 0)
            {
                return IsDots(segment);
            }
            if (IsDots(segment[..slash]))
            {
                return true;
            }
            segment = segment[(slash + 1)..];
        }
    }

    // Servlet containers drop what follows a semicolon before they resolve dots.
    private static bool IsDots(ReadOnlySpan<byte> segment)
    {
        var semicolon = segment.IndexOf((byte)';');
        var plain = semicolon < 0 ? segment : segment[..semicolon];
        return plain is [(byte)'.'] or [(byte)'.', (byte)'.'];
    }

    private static bool ReadQuery(Exchange exchange, ReadOnlySpan<char> query, ref int written)
    {
        foreach (var range in query.Split('&'))
        {
            var pair = query[range];
            if (pair.IsEmpty)
            {
                continue;
            }
            var equals = pair.IndexOf('=');
            var nameStart = written;
            if (!DecodePart(exchange, equals < 0 ? pair : pair[..equals], ref written))
            {
                return false;
            }
            var valueStart = written;
            if (equals >= 0 && !DecodePart(exchange, pair[(equals + 1)..], ref written))
            {
                return false;
            }
            exchange.Query.Add(
                new QueryParameter(
                    new TextRange(nameStart, valueStart - nameStart),
                    new TextRange(valueStart, written - valueStart)
                )
            );
        }
        return true;
    }

    /// <summary>A name or value of the query, with the names behind its semicolons: it is one text to some parsers, and several to others.</summary>
    private static bool DecodePart(Exchange exchange, ReadOnlySpan<char> text, ref int written)
    {
        var isFirst = true;
        while (true)
        {
            var semicolon = text.IndexOf(';');
            var piece = semicolon < 0 ? text : text[..semicolon];
            var start = written;
            if (!Decode(piece, exchange.TargetBytes, ref written, isQuery: true))
            {
                return false;
            }
            if (!isFirst)
            {
                var equals = exchange.TargetBytes.AsSpan(start, written - start).IndexOf((byte)'=');
                exchange.QueryNamesBehindSemicolons.Add(new TextRange(start, equals < 0 ? written - start : equals));
            }
            if (semicolon < 0)
            {
                return true;
            }
            isFirst = false;
            exchange.TargetBytes[written++] = (byte)';';
            text = text[(semicolon + 1)..];
        }
    }

    // A query is read by the application alone: a line break, or an address that is itself encoded, is part of a value there.
    private static bool Decode(ReadOnlySpan<char> text, byte[] destination, ref int written, bool isQuery)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            byte value;
            if (c == '%')
            {
                if (
                    i + 2 >= text.Length
                    || !byte.TryParse(text.Slice(i + 1, 2), System.Globalization.NumberStyles.AllowHexSpecifier, null, out value)
                )
                {
                    return false;
                }
                i += 2;
                // A percent sign that was itself encoded and is followed by two digits would decode again in a second parser.
                if (
                    !isQuery
                    && value == '%'
                    && i + 2 < text.Length
                    && char.IsAsciiHexDigit(text[i + 1])
                    && char.IsAsciiHexDigit(text[i + 2])
                )
                {
                    return false;
                }
            }
            else if (c is <= ' ' or > '~' or '#')
            {
                return false;
            }
            else
            {
                value = isQuery && c == '+' ? (byte)' ' : (byte)c;
            }
            if ((value < 0x20 && !(isQuery && value is (byte)'\t' or (byte)'\n' or (byte)'\r')) || value == 0x7F)
            {
                return false;
            }
            destination[written++] = value;
        }
        return true;
    }
}
