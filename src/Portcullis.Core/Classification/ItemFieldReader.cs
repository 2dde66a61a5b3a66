using System.Text.Json;

namespace Portcullis.Core.Classification;

/// <summary>Reads one field of a JSON item by its dotted path, for conditions such as <c>item.owner.accountId</c>; allocates nothing.</summary>
public static class ItemFieldReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 64 };

    /// <summary>
    /// True when the path leads to a string, number or boolean exactly once, and its text fits. A field named twice is found by no path:
    /// nobody can say which value the receiver takes.
    /// </summary>
    /// <param name="item">The item's JSON object.</param>
    /// <param name="path">Property names joined by dots, exact case.</param>
    /// <param name="destination">Receives the value's UTF-8 text, escapes resolved.</param>
    /// <param name="length">Bytes written.</param>
    public static bool TryFind(ReadOnlySpan<byte> item, ReadOnlySpan<byte> path, Span<byte> destination, out int length)
    {
        length = 0;
        try
        {
            return Find(item, path, destination, ref length);
        }
        catch (JsonException)
        {
            length = 0;
            return false;
        }
        catch (InvalidOperationException)
        {
            length = 0;
            return false;
        }
    }

    private static bool Find(ReadOnlySpan<byte> item, ReadOnlySpan<byte> path, Span<byte> destination, ref int length)
    {
        var reader = new Utf8JsonReader(item, Options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }
        var found = 0;
        var depth = 1;
        var rest = path;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                if (reader.CurrentDepth == 0)
                {
                    break;
                }
                // Back in the object around: its part of the path is to be matched again.
                depth--;
                rest = path[OffsetOf(path, depth - 1)..];
                continue;
            }
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                return false;
            }
            var dot = rest.IndexOf((byte)'.');
            var isHere = reader.ValueTextEquals(dot < 0 ? rest : rest[..dot]);
            reader.Read();
            if (isHere && dot >= 0 && reader.TokenType == JsonTokenType.StartObject)
            {
                rest = rest[(dot + 1)..];
                depth++;
                continue;
            }
            if (isHere && dot < 0)
            {
                found++;
                if (!Copy(ref reader, destination, out length))
                {
                    return false;
                }
            }
            reader.Skip();
        }
        return found == 1;
    }

    private static int OffsetOf(ReadOnlySpan<byte> path, int part)
    {
        var offset = 0;
        for (var i = 0; i < part; i++)
        {
            offset += path[offset..].IndexOf((byte)'.') + 1;
        }
        return offset;
    }

    private static bool Copy(ref Utf8JsonReader reader, Span<byte> destination, out int length)
    {
        length = 0;
        var raw = reader.ValueSpan;
        switch (reader.TokenType)
        {
            case JsonTokenType.String when raw.Length <= destination.Length:
                length = reader.CopyString(destination);
                return true;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False when raw.Length <= destination.Length:
                raw.CopyTo(destination);
                length = raw.Length;
                return true;
            default:
                return false;
        }
    }
}
