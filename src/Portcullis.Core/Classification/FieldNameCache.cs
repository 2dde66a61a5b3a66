namespace Portcullis.Core.Classification;

/// <summary>
/// One thread's memory of names met lately, told apart by their hash alone, which nobody can aim at: an API repeats its few names for ever,
/// and spelling them out costs more than reading them. Fixed size; of three names that share a place the two latest stay.
/// </summary>
internal sealed class FieldNameCache
{
    private const int Sets = 256;

    private readonly Entry[] _entries = new Entry[Sets * 2];

    /// <param name="name">A member's name, escapes undone.</param>
    /// <param name="hash">Its <see cref="Hashing.NameHash"/>.</param>
    public FieldMeaning Find(ReadOnlySpan<byte> name, ulong hash)
    {
        var set = _entries.AsSpan(((int)hash & (Sets - 1)) * 2, 2);
        // Hashes are not 0 by chance in a lifetime.
        if (set[0].Hash != hash)
        {
            if (set[1].Hash == hash)
            {
                return set[1].Meaning;
            }
            set[1] = set[0];
            set[0] = new Entry(hash, DataClasses.Names.Find(name));
        }
        return set[0].Meaning;
    }

    private readonly record struct Entry(ulong Hash, FieldMeaning Meaning);
}
