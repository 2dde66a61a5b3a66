namespace Portcullis.Core.Routing;

/// <summary>One segment position in a <see cref="RouteTrie"/>: what may follow, and which methods end here.</summary>
internal sealed class RouteNode(
    Utf8Table<RouteNode> literals,
    KeyValuePair<SegmentPattern, RouteNode>[] patterns,
    RouteNode? parameter,
    KeyValuePair<string, OperationPlan>[] methods
)
{
    /// <summary>By plain segment text.</summary>
    public Utf8Table<RouteNode> Literals => literals;

    /// <summary>Segments of text and parameters, the one with most text first.</summary>
    public ReadOnlySpan<KeyValuePair<SegmentPattern, RouteNode>> Patterns => patterns;

    /// <summary>Whatever follows a segment that is one whole parameter.</summary>
    public RouteNode? Parameter => parameter;

    public bool IsEnd => methods.Length > 0;

    public OperationPlan? Find(string method)
    {
        foreach (var (name, plan) in methods)
        {
            if (name == method)
            {
                return plan;
            }
        }
        return null;
    }
}
