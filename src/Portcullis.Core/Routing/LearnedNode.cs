namespace Portcullis.Core.Routing;

/// <summary>One segment position among learned operations. Readers take no lock: every field is replaced whole by one writer.</summary>
internal sealed class LearnedNode(byte[] name)
{
    private volatile LearnedNode[] _names = [];
    private volatile LearnedNode? _value;
    private volatile LearnedNode? _folded;
    private volatile KeyValuePair<string, OperationPlan>[] _methods = [];

    /// <summary>Its segment as template text.</summary>
    public ReadOnlySpan<byte> Name => name;

    /// <summary>Children by plain name.</summary>
    public LearnedNode[] Names
    {
        get => _names;
        set => _names = value;
    }

    /// <summary>The child of segments that are values by their form.</summary>
    public LearnedNode? Value
    {
        get => _value;
        set => _value = value;
    }

    /// <summary>The child of all names, once there were too many to be operations of their own.</summary>
    public LearnedNode? Folded
    {
        get => _folded;
        set => _folded = value;
    }

    public KeyValuePair<string, OperationPlan>[] Methods
    {
        get => _methods;
        set => _methods = value;
    }

    public OperationPlan? Find(string method)
    {
        foreach (var (known, plan) in _methods)
        {
            if (known == method)
            {
                return plan;
            }
        }
        return null;
    }

    /// <summary>The child a segment leads to, or null; <paramref name="isParameter"/> tells whether the segment is a value.</summary>
    public LearnedNode? Next(ReadOnlySpan<byte> segment, out bool isParameter)
    {
        isParameter = true;
        if (IdShape.IsValue(segment))
        {
            return _value;
        }
        if (_folded is { } folded && !segment.IsEmpty)
        {
            return folded;
        }
        isParameter = false;
        foreach (var child in _names)
        {
            if (segment.SequenceEqual(child.Name))
            {
                return child;
            }
        }
        return null;
    }
}
