namespace Portcullis.Core;

/// <summary>A growable list that keeps its array between exchanges, so that collecting facts allocates nothing once warm.</summary>
public sealed class FactList<T>
    where T : struct
{
    private const int KeptCapacity = 4096;
    private T[] _items = new T[8];

    public int Count { get; private set; }

    /// <summary>The facts so far; valid until the next <see cref="Add"/>.</summary>
    public Span<T> Span => _items.AsSpan(0, Count);

    public ref T this[int index] => ref _items.AsSpan(0, Count)[index];

    /// <summary>Appends and returns the place of the new fact.</summary>
    public ref T Add(in T fact)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }
        _items[Count] = fact;
        return ref _items[Count++];
    }

    /// <summary>Forgets all facts; an array grown past 4,096 places is given back.</summary>
    public void Clear()
    {
        if (_items.Length > KeptCapacity)
        {
            _items = new T[8];
        }
        else
        {
            _items.AsSpan(0, Count).Clear();
        }
        Count = 0;
    }
}
