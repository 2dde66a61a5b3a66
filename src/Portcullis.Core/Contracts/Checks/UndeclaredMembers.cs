using System.Text.Json;
using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Finds where the members stand that no schema declares.</summary>
internal static class UndeclaredMembers
{
    /// <summary>Adds the place of each, name and value; an empty place for one that cannot be told.</summary>
    public static void Add(JsonTape tape, ReadOnlySpan<byte> body, FactList<TextRange> places)
    {
        for (var i = 0; i < tape.Count; i++)
        {
            if (tape[i] is not { Kind: JsonKind.Object, IsDeclared: true })
            {
                continue;
            }
            for (var name = i + 1; name < tape[i].Next; name = tape[name].Next)
            {
                if (!tape[name].IsDeclared)
                {
                    places.Add(PlaceOf(tape[name], body));
                }
            }
        }
    }

    // A name written with escapes does not stand in the body as the tape has it.
    private static TextRange PlaceOf(in JsonToken name, ReadOnlySpan<byte> body)
    {
        if (name.IsUnescaped)
        {
            return default;
        }
        var start = name.Start - 1;
        var colon = name.Start + name.Length + 1;
        var length = body[colon..].IndexOf((byte)':');
        var value = new Utf8JsonReader(body[(colon + length + 1)..], new JsonReaderOptions { MaxDepth = JsonTape.MaxDepth });
        value.Read();
        value.Skip();
        return new TextRange(start, colon + length + 1 + (int)value.BytesConsumed - start);
    }
}
