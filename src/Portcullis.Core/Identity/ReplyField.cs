using System.Text.Json;

namespace Portcullis.Core.Identity;

/// <summary>Reads one text or number out of a JSON reply by its path of names.</summary>
internal static class ReplyField
{
    /// <summary>The value; null when the reply is no JSON, the path leads nowhere or occurs twice.</summary>
    public static string? Find(ReadOnlySpan<byte> body, byte[][] path)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return reader.Read() ? Find(ref reader, path) : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // A string that is not valid UTF-16 once unescaped.
            return null;
        }
    }

    private static string? Find(ref Utf8JsonReader reader, ReadOnlySpan<byte[]> path)
    {
        if (path.IsEmpty)
        {
            return reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
                _ => null,
            };
        }
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }
        string? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isNext = reader.ValueTextEquals(path[0]);
            reader.Read();
            if (!isNext)
            {
                reader.Skip();
                continue;
            }
            if (found is not null)
            {
                return null;
            }
            var depth = reader.CurrentDepth;
            found = Find(ref reader, path[1..]);
            while (reader.CurrentDepth > depth && reader.Read()) { }
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                reader.Skip();
            }
        }
        return found;
    }
}
