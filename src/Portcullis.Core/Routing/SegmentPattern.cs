namespace Portcullis.Core.Routing;

/// <summary>
/// One template segment that mixes text and parameters, such as <c>{name}.json</c> or <c>{id}:cancel</c>. Every parameter takes the
/// fewest bytes, at least one, so that matching is linear.
/// </summary>
internal sealed class SegmentPattern
{
    private readonly byte[] _prefix;

    // Literal after each parameter; empty only after the last one.
    private readonly byte[][] _after;

    private SegmentPattern(byte[] prefix, byte[][] after)
    {
        _prefix = prefix;
        _after = after;
    }

    /// <summary>How many parameters it binds.</summary>
    public int ParameterCount => _after.Length;

    /// <summary>Bytes of plain text; the pattern with more of it is tried first.</summary>
    public int LiteralLength => _prefix.Length + _after.Sum(text => text.Length);

    /// <summary>The pattern of a segment whose braces are balanced, or null when two parameters touch.</summary>
    public static SegmentPattern? Parse(string segment)
    {
        var open = segment.IndexOf('{');
        var prefix = RouteTemplate.Decode(segment[..open]);
        var after = new List<byte[]>();
        while (open >= 0)
        {
            var close = segment.IndexOf('}', open);
            var next = segment.IndexOf('{', close);
            var text = RouteTemplate.Decode(next < 0 ? segment[(close + 1)..] : segment[(close + 1)..next]);
            if (text.Length == 0 && next >= 0)
            {
                return null;
            }
            after.Add(text);
            open = next;
        }
        return new SegmentPattern(prefix, [.. after]);
    }

    /// <summary>Whether two patterns accept the same segments.</summary>
    public bool IsSameAs(SegmentPattern other)
    {
        if (!_prefix.AsSpan().SequenceEqual(other._prefix) || _after.Length != other._after.Length)
        {
            return false;
        }
        for (var i = 0; i < _after.Length; i++)
        {
            if (!_after[i].AsSpan().SequenceEqual(other._after[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>True when the segment fits; parameter ranges, offset by <paramref name="start"/>, stand in <paramref name="bound"/>.</summary>
    public bool TryMatch(ReadOnlySpan<byte> segment, int start, Span<TextRange> bound)
    {
        if (bound.Length < _after.Length || !segment.StartsWith(_prefix))
        {
            return false;
        }
        var at = _prefix.Length;
        for (var i = 0; i < _after.Length; i++)
        {
            var rest = segment[at..];
            var text = _after[i];
            int length;
            if (i == _after.Length - 1)
            {
                length = rest.EndsWith(text) ? rest.Length - text.Length : 0;
            }
            else
            {
                // The parameter takes one byte or more, so the text is sought from the second byte on.
                length = rest.Length > 1 ? rest[1..].IndexOf(text) + 1 : 0;
            }
            if (length <= 0)
            {
                return false;
            }
            bound[i] = new TextRange(start + at, length);
            at += length + text.Length;
        }
        return true;
    }
}
