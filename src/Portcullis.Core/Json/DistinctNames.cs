using System.Numerics;

namespace Portcullis.Core.Json;

/// <summary>Tells whether an object's member names differ, in linear time also for names that were chosen to collide.</summary>
internal sealed class DistinctNames
{
    private const int FewNames = 8;
    private const int KeptPlaces = 16_384;

    private int[] _places = new int[64];

    public bool AreDistinct(JsonTape tape, ReadOnlySpan<byte> body, int container)
    {
        var count = tape[container].Count;
        return count <= FewNames ? CompareAll(tape, body, container) : PlaceAll(tape, body, container, count);
    }

    private static bool AreEqual(JsonTape tape, ReadOnlySpan<byte> body, int one, int other) =>
        tape[one].Hash == tape[other].Hash && tape.Text(body, tape[one]).SequenceEqual(tape.Text(body, tape[other]));

    private static bool CompareAll(JsonTape tape, ReadOnlySpan<byte> body, int container)
    {
        var end = tape[container].Next;
        for (var i = container + 1; i < end; i = tape[i].Next)
        {
            for (var j = tape[i].Next; j < end; j = tape[j].Next)
            {
                if (AreEqual(tape, body, i, j))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private bool PlaceAll(JsonTape tape, ReadOnlySpan<byte> body, int container, int count)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)count * 2);
        if (_places.Length < size || _places.Length > KeptPlaces)
        {
            _places = new int[Math.Max(size, 64)];
        }
        var places = _places.AsSpan(0, size);
        places.Clear();
        var end = tape[container].Next;
        for (var i = container + 1; i < end; i = tape[i].Next)
        {
            var at = (int)tape[i].Hash & (size - 1);
            while (places[at] != 0)
            {
                if (AreEqual(tape, body, i, places[at]))
                {
                    return false;
                }
                at = (at + 1) & (size - 1);
            }
            // A name is never the first token, so 0 stands for a free place.
            places[at] = i;
        }
        return true;
    }
}
