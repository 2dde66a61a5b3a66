namespace Portcullis.Core.Policy.Reading;

/// <summary>Keys with their values, in the order written.</summary>
internal sealed class MapNode(PolicyOrigin origin) : PolicyNode(origin)
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private int _size = 1;

    public List<MapEntry> Entries { get; } = [];

    public override int Size => _size;

    public override string Noun => "a group of keys";

    public override PolicyNode Copy()
    {
        var copy = new MapNode(Origin);
        Entries.ForEach(entry => copy.Add(entry with { Value = entry.Value.Copy() }));
        return copy;
    }

    public MapEntry? Find(string key) => _places.TryGetValue(key, out var place) ? Entries[place] : null;

    public void Add(MapEntry entry)
    {
        _places.Add(entry.Key, Entries.Count);
        Entries.Add(entry);
        _size += entry.Value.Size + 1;
    }

    /// <summary>Sets a key, whether it was there or not.</summary>
    public void Set(MapEntry entry)
    {
        if (_places.TryGetValue(entry.Key, out var place))
        {
            Entries[place] = entry;
            return;
        }
        Add(entry);
    }
}
