using Portcullis.Core.Hashing;

namespace Portcullis.Core.Routing;

/// <summary>An immutable map from UTF-8 names to values that is asked with raw bytes and allocates nothing.</summary>
internal sealed class Utf8Table<T>
    where T : class
{
    public static readonly Utf8Table<T> Empty = new([]);

    // In the order given; places hold one more than the index, 0 is free.
    private readonly List<Entry> _entries = [];
    private readonly int[] _places;

    /// <param name="entries">Names are distinct; of equal ones the last stays.</param>
    public Utf8Table(IReadOnlyCollection<KeyValuePair<byte[], T>> entries)
    {
        // At most half full, so that a probe of an absent name ends soon.
        var size = 2;
        while (size < entries.Count * 2)
        {
            size *= 2;
        }
        _places = new int[size];
        foreach (var (name, value) in entries)
        {
            var hash = NameHash.Of(name);
            ref var place = ref PlaceOf(name, hash);
            if (place == 0)
            {
                _entries.Add(new Entry(hash, name, value));
                place = _entries.Count;
            }
            else
            {
                _entries[place - 1] = new Entry(hash, name, value);
            }
        }
    }

    public int Count => _entries.Count;

    /// <summary>All values, in the order in which they were given.</summary>
    public IEnumerable<T> Values => _entries.Select(entry => entry.Value);

    public T? Find(ReadOnlySpan<byte> name) => Find(name, NameHash.Of(name));

    /// <param name="name">The name asked for.</param>
    /// <param name="hash">Its <see cref="NameHash"/>.</param>
    public T? Find(ReadOnlySpan<byte> name, ulong hash) =>
        PlaceOf(name, hash) is var place and > 0 ? _entries[place - 1].Value : null;

    /// <summary>The first value whose name equals the given one but for ASCII case; visits every name.</summary>
    public T? FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        foreach (var entry in _entries)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, entry.Name))
            {
                return entry.Value;
            }
        }
        return null;
    }

    private ref int PlaceOf(ReadOnlySpan<byte> name, ulong hash)
    {
        var mask = _places.Length - 1;
        var at = (int)hash & mask;
        while (_places[at] is var place and > 0)
        {
            var entry = _entries[place - 1];
            if (entry.Hash == hash && name.SequenceEqual(entry.Name))
            {
                break;
            }
            at = (at + 1) & mask;
        }
        return ref _places[at];
    }

    private readonly record struct Entry(ulong Hash, byte[] Name, T Value);
}
