using Portcullis.Core.Json;

namespace Portcullis.Core.Classification;

/// <summary>Walks one JSON document; every occurrence of a repeated key is judged.</summary>
internal static class JsonBody
{
    /// <summary>False when the document is not well-formed or too deep. <paramref name="offset"/> is where it starts in the body.</summary>
    public static bool Read(BodyReading reading, ReadOnlySpan<byte> document, int offset)
    {
        var tape = reading.Tape;
        var fault = tape.ReadTokens(document);
        // What stands before a fault was seen all the same.
        return Walk(reading, tape, document, offset) && fault == JsonFault.None;
    }

    private static bool Walk(BodyReading reading, JsonTape tape, ReadOnlySpan<byte> document, int offset)
    {
        var open = tape.Open;
        var depth = 0;
        var meaning = FieldMeaning.None;
        var isSubject = false;
        for (var i = 0; i < tape.Count; i++)
        {
            ref readonly var token = ref tape[i];
            switch (token.Kind)
            {
                case JsonKind.Name:
                    var name = tape.Text(document, token);
                    meaning = reading.Names.Find(name, token.Hash);
                    if (name.Length >= NestedText.Shortest && (name[0] == '+' || name.Contains((byte)'@')))
                    {
                        // A map from people to something: its keys are data.
                        reading.Apart(name, PlaceOf(token, offset));
                    }
                    isSubject = reading.SubjectField.Length > 0 && name.SequenceEqual(reading.SubjectField);
                    continue;
                case JsonKind.Object:
                case JsonKind.Array:
                    if (!reading.Open(token.Kind == JsonKind.Array, offset + token.Start, meaning))
                    {
                        return false;
                    }
                    open[depth++] = i;
                    meaning = FieldMeaning.None;
                    break;
                case JsonKind.String:
                    reading.Value(meaning, tape.Text(document, token), PlaceOf(token, offset), isSubject);
                    break;
                case JsonKind.Number:
                    reading.Number(meaning, tape.Text(document, token), PlaceOf(token, offset), isSubject);
                    break;
                default:
                    break;
            }
            while (depth > 0 && tape[open[depth - 1]].Next == i + 1)
            {
                ref readonly var container = ref tape[open[--depth]];
                reading.Close(offset + container.Start + container.Length);
            }
        }
        return true;
    }

    private static TextRange PlaceOf(in JsonToken token, int offset)
    {
        var place = JsonTape.Place(token);
        return place with { Start = place.Start + offset };
    }
}
