namespace Portcullis.Core.Classification;

/// <summary>
/// One thread's memory of names met lately, told apart by their hash alone, which nobody can aim at: an API repeats its few names for ever,
/// and spelling them out costs more than reading them. Fixed size; a new name takes the place of an old one.
/// </summary>
internal sealed class FieldNameCache
{
    private const int Size = 512;

    private readonly Entry[] _entries = new Entry[Size];

    /// <param name="name">A member's name, escapes undone.</param>
    /// <param name="hash">Its <see cref="Hashing.NameHash"/>.</param>
    public FieldMeaning Find(ReadOnlySpan<byte> name, ulong hash)
    {
        ref var entry = ref _entries[(int)hash & (Size - 1)];
        // Hashes are not 0 by chance in a lifetime; a fresh entry means nothing, as the empty name does.
        if (entry.Hash != hash)
        {
            entry.Meaning = DataClasses.Names.Find(name);
            entry.Hash = hash;
        }
        return entry.Meaning;
    }

    private struct Entry
    {
        public ulong Hash;
        public FieldMeaning Meaning;
    }
}
