using System.Buffers.Binary;

namespace Portcullis.Core.Classification;

/// <summary>
/// One thread's memory of names up to 16 bytes met lately, compared exactly: an API repeats its few names for ever, and spelling them out
/// costs more than reading them. Fixed size; a new name takes the place of an old one.
/// </summary>
internal sealed class FieldNameCache
{
    private const int Size = 512;

    private readonly Entry[] _entries = new Entry[Size];

    public FieldMeaning Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 16)
        {
            return DataClasses.Names.Find(name);
        }
        Pack(name, out var first, out var second);
        var hash = (first * 0x9E3779B97F4A7C15UL) ^ ((second + (ulong)name.Length) * 0xC2B2AE3D27D4EB4FUL);
        ref var entry = ref _entries[(int)(hash >> 40) & (Size - 1)];
        if (entry.First != first || entry.Second != second || entry.Length != name.Length)
        {
            entry.Meaning = DataClasses.Names.Find(name);
            entry.First = first;
            entry.Second = second;
            entry.Length = name.Length;
        }
        return entry.Meaning;
    }

    // With the length, two names have equal words only when they are equal.
    private static void Pack(ReadOnlySpan<byte> name, out ulong first, out ulong second)
    {
        if (name.Length >= 8)
        {
            first = BinaryPrimitives.ReadUInt64LittleEndian(name);
            second = BinaryPrimitives.ReadUInt64LittleEndian(name[^8..]);
            return;
        }
        first = 0;
        second = 0;
        for (var i = 0; i < name.Length; i++)
        {
            first = first << 8 | name[i];
        }
    }

    private struct Entry
    {
        public ulong First;
        public ulong Second;
        public int Length;
        public FieldMeaning Meaning;
    }
}
