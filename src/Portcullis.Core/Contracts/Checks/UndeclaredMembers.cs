using Portcullis.Core.Json;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Finds where the members stand that no schema declares.</summary>
internal static class UndeclaredMembers
{
    /// <summary>Adds the place of each, name and value.</summary>
    public static void Add(JsonTape tape, FactList<TextRange> places)
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
                    var start = JsonTape.Place(tape[name]).Start;
                    var value = JsonTape.Place(tape[name + 1]);
                    places.Add(new TextRange(start, value.Start + value.Length - start));
                }
            }
        }
    }
}
