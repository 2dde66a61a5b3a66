using System.Text;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>A <see cref="RouteNode"/> while its trie is being built.</summary>
internal sealed class RouteBranch
{
    private readonly Dictionary<string, RouteBranch> _literals = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<SegmentPattern, RouteBranch>> _patterns = [];
    private readonly Dictionary<string, OperationPlan> _methods = new(StringComparer.Ordinal);
    private RouteBranch? _parameter;

    /// <summary>Adds a plan below; of two with the same method and shape the first stays and false is returned.</summary>
    public bool Add(ReadOnlySpan<string> segments, OperationPlan plan) =>
        segments.IsEmpty ? _methods.TryAdd(plan.Operation.Method, plan) : Child(segments[0]).Add(segments[1..], plan);

    public RouteNode Build() =>
        new(
            new Utf8Table<RouteNode>([
                .. _literals.Select(pair => new KeyValuePair<byte[], RouteNode>(
                    Encoding.UTF8.GetBytes(pair.Key),
                    pair.Value.Build()
                )),
            ]),
            [
                .. _patterns
                    .OrderByDescending(pair => pair.Key.LiteralLength)
                    .Select(pair => new KeyValuePair<SegmentPattern, RouteNode>(pair.Key, pair.Value.Build())),
            ],
            _parameter?.Build(),
            [.. _methods]
        );

    private RouteBranch Child(string segment)
    {
        if (!segment.Contains('{'))
        {
            var text = Uri.UnescapeDataString(segment);
            if (!_literals.TryGetValue(text, out var literal))
            {
                _literals.Add(text, literal = new RouteBranch());
            }
            return literal;
        }
        if (segment.StartsWith('{') && segment.IndexOf('}') == segment.Length - 1)
        {
            return _parameter ??= new RouteBranch();
        }
        var pattern =
            SegmentPattern.Parse(segment)
            ?? throw new ArgumentException($"The template segment '{segment}' has touching parameters.", nameof(segment));
        foreach (var (known, branch) in _patterns)
        {
            if (known.IsSameAs(pattern))
            {
                return branch;
            }
        }
        var added = new RouteBranch();
        _patterns.Add(new(pattern, added));
        return added;
    }
}
