using System.Buffers.Binary;

namespace Portcullis.Core.Traffic.Routing;

/// <summary>An immutable map from UTF-8 names to values that is asked with raw bytes and allocates nothing.</summary>
internal sealed class Utf8Table<T>
    where T : class
{
    public static readonly Utf8Table<T> Empty = new([]);

    private readonly byte[]?[] _names;
    private readonly T?[] _values;
    private readonly int _mask;

    /// <param name="entries">Names are distinct; of equal ones the last stays.</param>
    public Utf8Table(IReadOnlyCollection<KeyValuePair<byte[], T>> entries)
    {
        // At most half full, so that a probe of an absent name ends soon.
        var size = 2;
        while (size < entries.Count * 2)
        {
            size *= 2;
        }
        _mask = size - 1;
        _names = new byte[]?[size];
        _values = new T?[size];
        foreach (var (name, value) in entries)
        {
            var at = Hash(name) & _mask;
            while (_names[at] is { } taken && !taken.AsSpan().SequenceEqual(name))
            {
                at = (at + 1) & _mask;
            }
            if (_names[at] is null)
            {
                Count++;
            }
            _names[at] = name;
            _values[at] = value;
        }
    }

    public int Count { get; }

    /// <summary>All values, in no order that means anything.</summary>
    public IEnumerable<T> Values => _values.OfType<T>();

    public T? Find(ReadOnlySpan<byte> name)
    {
        var at = Hash(name) & _mask;
        while (_names[at] is { } taken)
        {
            if (name.SequenceEqual(taken))
            {
                return _values[at];
            }
            at = (at + 1) & _mask;
        }
        return null;
    }

    /// <summary>The first value whose name equals the given one but for ASCII case; visits every name.</summary>
    public T? FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i] is { } taken && System.Text.Ascii.EqualsIgnoreCase(name, taken))
            {
                return _values[i];
            }
        }
        return null;
    }

    // Names come from contracts, never from callers, so no keyed hash is needed: probe lengths are fixed when the table is built.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)name.Length;
        while (name.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name)) * 0x9FB21C651E98DF25UL;
            hash ^= hash >> 32;
            name = name[8..];
        }
        foreach (var b in name)
        {
            hash = (hash ^ b) * 0x100000001B3UL;
        }
        hash *= 0x9FB21C651E98DF25UL;
        return (int)(hash >> 33);
    }
}
