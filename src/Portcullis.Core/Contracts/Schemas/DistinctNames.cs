using System.Numerics;
using System.Security.Cryptography;
using Portcullis.Core.Hashing;

namespace Portcullis.Core.Contracts.Schemas;

/// <summary>Tells whether an object's member names differ, in linear time also for names that were chosen to collide.</summary>
internal sealed class DistinctNames
{
    private const int FewNames = 8;
    private const int KeptPlaces = 16_384;

    // Collisions under a key nobody knows cannot be prepared.
    private static readonly Key128 Key = Key128.Read(RandomNumberGenerator.GetBytes(Key128.Size));

    private int[] _places = new int[64];

    public bool AreDistinct(JsonTape tape, ReadOnlySpan<byte> body, int container)
    {
        var count = tape[container].Count;
        return count <= FewNames ? CompareAll(tape, body, container) : HashAll(tape, body, container, count);
    }

    private static bool CompareAll(JsonTape tape, ReadOnlySpan<byte> body, int container)
    {
        var end = tape[container].Next;
        for (var i = container + 1; i < end; i = tape[i].Next)
        {
            var name = tape.Text(body, tape[i]);
            for (var j = tape[i].Next; j < end; j = tape[j].Next)
            {
                if (name.SequenceEqual(tape.Text(body, tape[j])))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private bool HashAll(JsonTape tape, ReadOnlySpan<byte> body, int container, int count)
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
            var name = tape.Text(body, tape[i]);
            var at = (int)SipHash128.Hash(Key, name).Low & (size - 1);
            while (places[at] != 0)
            {
                if (name.SequenceEqual(tape.Text(body, tape[places[at]])))
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
