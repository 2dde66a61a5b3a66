namespace Portcullis.Core.Traffic;

/// <summary>Header lines in a plain list, for recorded and simulated exchanges.</summary>
public sealed class HeaderList : HeaderSource
{
    private readonly List<KeyValuePair<string, string>> _lines = [];

    /// <summary>All lines in the order added.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Lines => _lines;

    public void Add(string name, string value) => _lines.Add(new(name, value));

    public void Clear() => _lines.Clear();

    public override bool AnyName(Func<string, bool> isMeant)
    {
        foreach (var line in _lines)
        {
            if (isMeant(line.Key))
            {
                return true;
            }
        }
        return false;
    }

    public override int Unusual(Span<string> names)
    {
        var count = 0;
        foreach (var line in _lines)
        {
            if (UsualHeaders.Contains(line.Key))
            {
                continue;
            }
            if (count < names.Length)
            {
                names[count] = line.Key;
            }
            count++;
        }
        return count;
    }

    public override int Get(string name, out string? first)
    {
        first = null;
        var count = 0;
        foreach (var line in _lines)
        {
            if (line.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                first ??= line.Value;
                count++;
            }
        }
        return count;
    }

    public override string? Line(string name, int index)
    {
        foreach (var line in _lines)
        {
            if (line.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && index-- == 0)
            {
                return line.Value;
            }
        }
        return null;
    }
}
