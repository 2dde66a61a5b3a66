using System.Buffers;

namespace Portcullis.Core;

/// <summary>
/// A growable list that keeps its array between exchanges, so that collecting facts allocates nothing once warm. Large arrays are shared by
/// all lists, one after the other: the facts of a page of thousands of people weigh more than the page.
/// </summary>
public sealed class FactList<T>
    where T : struct
{
    private const int KeptCapacity = 1024;
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
            Grow();
        }
        _items[Count] = fact;
        return ref _items[Count++];
    }

    /// <summary>Forgets all facts; an array grown past 1,024 places is given back.</summary>
    public void Clear()
    {
        Span.Clear();
        Count = 0;
        if (_items.Length > KeptCapacity)
        {
            Replace(new T[8]);
        }
    }

    private void Grow()
    {
        var grown = Count < KeptCapacity ? new T[Count * 2] : ArrayPool<T>.Shared.Rent(Count * 2);
        Span.CopyTo(grown);
        Span.Clear();
        Replace(grown);
    }

    private void Replace(T[] items)
    {
        if (_items.Length > KeptCapacity)
        {
            ArrayPool<T>.Shared.Return(_items);
        }
        _items = items;
    }
}
