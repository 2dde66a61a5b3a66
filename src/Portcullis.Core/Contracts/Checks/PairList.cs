using Portcullis.Core.Traffic;

namespace Portcullis.Core.Contracts.Checks;

/// <summary>Names and texts of the members of one object, decoded; memory is used again.</summary>
internal sealed class PairList
{
    /// <summary>Most members; a body with more is refused.</summary>
    public const int MaxPairs = 1_000;

    private const int KeptText = 65_536;

    private readonly List<(TextRange Name, TextRange Value)> _pairs = [];
    private byte[] _text = new byte[1024];
    private int _used;

    public int Count => _pairs.Count;

    public ReadOnlySpan<byte> Name(int index) => Text(_pairs[index].Name);

    public ReadOnlySpan<byte> Value(int index) => Text(_pairs[index].Value);

    /// <summary>How many members have a name.</summary>
    public int CountOf(ReadOnlySpan<byte> name)
    {
        var count = 0;
        for (var i = 0; i < _pairs.Count; i++)
        {
            count += Name(i).SequenceEqual(name) ? 1 : 0;
        }
        return count;
    }

    /// <summary>True when a member is written once with commas in it, which may be a list of its own.</summary>
    public bool HasCommas(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _pairs.Count; i++)
        {
            if (Name(i).SequenceEqual(name) && Value(i).Contains((byte)','))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Adds a member; false when there are too many.</summary>
    public bool TryAdd(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_pairs.Count == MaxPairs)
        {
            return false;
        }
        _pairs.Add((Keep(name), Keep(value)));
        return true;
    }

    /// <summary>Adds the members of <c>a=1&amp;b=2</c>, form-decoded; false when there are too many.</summary>
    public bool TryAddForm(ReadOnlySpan<byte> body)
    {
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }
            if (_pairs.Count == MaxPairs)
            {
                return false;
            }
            var equals = pair.IndexOf((byte)'=');
            _pairs.Add((KeepForm(equals < 0 ? pair : pair[..equals]), KeepForm(equals < 0 ? default : pair[(equals + 1)..])));
        }
        return true;
    }

    /// <summary>Adds the members of a text such as <c>a,1,b,2</c>, or <c>a=1,b=2</c>; false when it is neither.</summary>
    public bool TryAddList(ReadOnlySpan<byte> text, byte separator, bool isAssigned)
    {
        var name = default(ReadOnlySpan<byte>);
        var isValue = false;
        foreach (var range in text.Split(separator))
        {
            var part = text[range];
            var equals = part.IndexOf((byte)'=');
            if (isAssigned)
            {
                if (equals < 0 || !TryAdd(part[..equals], part[(equals + 1)..]))
                {
                    return false;
                }
                continue;
            }
            if (isValue && !TryAdd(name, part))
            {
                return false;
            }
            name = part;
            isValue = !isValue;
        }
        return !isValue;
    }

    /// <summary>Forgets all, and overwrites what callers wrote.</summary>
    public void Clear()
    {
        _pairs.Clear();
        _text.AsSpan(0, _used).Clear();
        _used = 0;
        if (_text.Length > KeptText)
        {
            _text = new byte[1024];
        }
    }

    private ReadOnlySpan<byte> Text(TextRange range) => _text.AsSpan(range.Start, range.Length);

    private TextRange Keep(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        return Take(text.Length);
    }

    private TextRange KeepForm(ReadOnlySpan<byte> text) => Take(ValueText.Form(text, Room(text.Length)));

    private Span<byte> Room(int length)
    {
        if (_text.Length - _used < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + length));
        }
        return _text.AsSpan(_used);
    }

    private TextRange Take(int length)
    {
        _used += length;
        return new TextRange(_used - length, length);
    }
}
