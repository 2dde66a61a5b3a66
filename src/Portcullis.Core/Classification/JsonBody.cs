using System.Text.Json;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Classification;

/// <summary>Reads one JSON document in one pass; every occurrence of a repeated key is judged.</summary>
internal static class JsonBody
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = BodyReading.MaxDepth };

    /// <summary>False when the document is not well-formed or too deep. <paramref name="offset"/> is where it starts in the body.</summary>
    public static bool Read(BodyReading reading, ReadOnlySpan<byte> document, int offset)
    {
        try
        {
            return Walk(reading, document, offset);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // An escape that is no character (a lone surrogate).
            return false;
        }
    }

    private static bool Walk(BodyReading reading, ReadOnlySpan<byte> document, int offset)
    {
        var reader = new Utf8JsonReader(document, Options);
        var meaning = FieldMeaning.None;
        var isSubject = false;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.ValueIsEscaped ? Unescaped(reading, ref reader) : reader.ValueSpan;
                    meaning = reading.Names.Find(name);
                    if (name.Length >= NestedText.Shortest && (name[0] == '+' || name.Contains((byte)'@')))
                    {
                        // A map from people to something: its keys are data.
                        var start = (int)reader.TokenStartIndex;
                        reading.Apart(name, new TextRange(offset + start, reader.ValueSpan.Length + 2));
                    }
                    isSubject = reading.SubjectField.Length > 0 && name.SequenceEqual(reading.SubjectField);
                    break;
                case JsonTokenType.StartObject:
                case JsonTokenType.StartArray:
                    if (
                        !reading.Open(reader.TokenType == JsonTokenType.StartArray, offset + (int)reader.TokenStartIndex, meaning)
                    )
                    {
                        return false;
                    }
                    meaning = FieldMeaning.None;
                    break;
                case JsonTokenType.EndObject:
                case JsonTokenType.EndArray:
                    reading.Close(offset + (int)reader.BytesConsumed);
                    break;
                case JsonTokenType.String:
                    var text = reader.ValueIsEscaped ? Unescaped(reading, ref reader) : reader.ValueSpan;
                    reading.Value(meaning, text, RangeOf(ref reader, offset), isSubject);
                    break;
                case JsonTokenType.Number:
                    reading.Number(meaning, reader.ValueSpan, RangeOf(ref reader, offset), isSubject);
                    break;
                default:
                    break;
            }
        }
        return true;
    }

    private static TextRange RangeOf(ref Utf8JsonReader reader, int offset) =>
        new(offset + (int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));

    private static ReadOnlySpan<byte> Unescaped(BodyReading reading, ref Utf8JsonReader reader)
    {
        var buffer = reading.Buffer(reader.ValueSpan.Length);
        return buffer[..reader.CopyString(buffer)];
    }
}
