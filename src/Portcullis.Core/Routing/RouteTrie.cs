using System.Runtime.CompilerServices;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>
/// Declared templates as a tree of segments. Plain text wins over text with parameters, that over a whole parameter; a branch that
/// fails further down is left for the next. No node is visited twice in one match, so a match costs at most the size of the tree.
/// </summary>
public sealed class RouteTrie
{
    private readonly RouteNode _root;

    /// <param name="plans">Templates are well-formed (<see cref="RouteTemplate.ReadParameters"/>); of two with the same method and shape the first stays.</param>
    public RouteTrie(IEnumerable<OperationPlan> plans)
    {
        var root = new RouteBranch();
        foreach (var plan in plans)
        {
            root.Add(RouteTemplate.Segments(plan.Operation.Template), plan);
        }
        _root = root.Build();
    }

    /// <summary>
    /// The plan of method and path, with <see cref="Exchange.PathParameters"/> filled; null when there is none, and then
    /// <paramref name="otherMethod"/> tells whether the path is declared for other methods.
    /// </summary>
    /// <param name="exchange">Its segments are read already.</param>
    /// <param name="method">HEAD is asked for as GET by the caller.</param>
    /// <param name="isLoose">
    /// True to ignore ASCII case of plain text, one trailing slash, and in plain text what follows a semicolon, as many frameworks do.
    /// </param>
    /// <param name="otherMethod">True when only the method is unknown.</param>
    [SkipLocalsInit]
    public OperationPlan? Match(Exchange exchange, string method, bool isLoose, out bool otherMethod)
    {
        var segments = exchange.PathSegments.Span;
        if (isLoose && segments.Length > 1 && segments[^1].Length == 0)
        {
            segments = segments[..^1];
        }
        Span<TextRange> bound = stackalloc TextRange[RouteTemplate.MaxParameters];
        var walk = new Walk(exchange, method, isLoose, bound);
        var plan = walk.Find(_root, segments, 0);
        exchange.PathParameters.Clear();
        otherMethod = plan is null && walk.SawOtherMethod;
        if (plan is not null)
        {
            foreach (var range in bound[..walk.Bound])
            {
                exchange.PathParameters.Add(range);
            }
        }
        return plan;
    }

    // Servlet containers take what follows for parameters of the segment (RFC 3986 section 3.3) and route without them.
    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> segment)
    {
        var semicolon = segment.IndexOf((byte)';');
        return semicolon < 0 ? segment : segment[..semicolon];
    }

    private ref struct Walk(Exchange exchange, string method, bool isLoose, Span<TextRange> bound)
    {
        private readonly Span<TextRange> _bound = bound;

        public bool SawOtherMethod { get; private set; }

        public int Bound { get; private set; }

        public OperationPlan? Find(RouteNode node, ReadOnlySpan<TextRange> segments, int boundBefore)
        {
            // To who drops them, a segment of parameters alone is none.
            while (isLoose && !segments.IsEmpty && exchange.Target(segments[0]) is [(byte)';', ..])
            {
                segments = segments[1..];
            }
            if (segments.IsEmpty)
            {
                var plan = node.Find(method);
                SawOtherMethod |= plan is null && node.IsEnd;
                Bound = boundBefore;
                return plan;
            }
            var range = segments[0];
            var segment = exchange.Target(range);
            var rest = segments[1..];
            var literal = isLoose ? node.Literals.FindIgnoringCase(Plain(segment)) : node.Literals.Find(segment);
            if (literal is not null && Find(literal, rest, boundBefore) is { } exact)
            {
                return exact;
            }
            foreach (var (pattern, next) in node.Patterns)
            {
                if (
                    pattern.TryMatch(segment, range.Start, _bound[boundBefore..])
                    && Find(next, rest, boundBefore + pattern.ParameterCount) is { } mixed
                )
                {
                    return mixed;
                }
            }
            // An empty segment is a trailing slash, never an empty parameter.
            if (node.Parameter is { } parameter && range.Length > 0 && boundBefore < _bound.Length)
            {
                _bound[boundBefore] = range;
                return Find(parameter, rest, boundBefore + 1);
            }
            return null;
        }
    }
}
