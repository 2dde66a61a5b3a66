using System.Text;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>
/// Operations of one upstream that no contract declares, told apart by the form of their path segments: values become
/// <c>{id}</c>, and where more than 32 names stand in one place they become <c>{name}</c>. Bounded, because strangers feed it.
/// </summary>
public sealed class LearnedOperations
{
    /// <summary>Most operations learned; what comes later shares one.</summary>
    public const int MaxOperations = 2_000;

    /// <summary>Most segments of a learned path.</summary>
    public const int MaxDepth = 32;

    /// <summary>Most names in one place before they fold into a parameter.</summary>
    public const int MaxNames = 32;

    private static readonly string[] LearnedMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly byte[] ValueName = "{id}"u8.ToArray();
    private static readonly byte[] FoldedName = "{name}"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly LearnedNode _root = new([]);
    private readonly string _upstream;
    private readonly OperationRegistry _registry;
    private readonly Func<Operation, OperationPlan> _plan;
    private int _count;

    /// <param name="upstream">Name of the upstream.</param>
    /// <param name="registry">Operations learned in earlier runs are taken from here.</param>
    /// <param name="plan">How policy sees a learned operation.</param>
    public LearnedOperations(string upstream, OperationRegistry registry, Func<Operation, OperationPlan> plan)
    {
        _upstream = upstream;
        _registry = registry;
        _plan = plan;
        CatchAll = Plan("*", "/*");
        Preflight = Plan("OPTIONS", "*");
        foreach (var operation in registry.All)
        {
            if (
                operation.Upstream == upstream
                && !operation.IsDeclared
                && operation.Template.StartsWith('/')
                && operation.Method != "*"
            )
            {
                Restore(operation);
            }
        }
    }

    /// <summary>Stands for everything that is not, or no longer, learned on its own; null only when the registry was full at start.</summary>
    public OperationPlan? CatchAll { get; }

    /// <summary>Stands for every browser preflight of a known path.</summary>
    public OperationPlan? Preflight { get; }

    public int Count => Volatile.Read(ref _count);

    /// <summary>The plan of one of this upstream's operations; null for one of another.</summary>
    public OperationPlan? PlanOf(Operation operation) => operation.Upstream == _upstream ? _plan(operation) : null;

    /// <summary>The plan of a path that was learned, or null; sets <paramref name="otherMethod"/> when only the method is new.</summary>
    public OperationPlan? Match(Exchange exchange, ref bool otherMethod)
    {
        exchange.PathParameters.Clear();
        var node = _root;
        foreach (var range in exchange.PathSegments.Span)
        {
            var next = node.Next(exchange.Target(range), out var isParameter);
            if (next is null)
            {
                exchange.PathParameters.Clear();
                return IsFull ? CatchAll : null;
            }
            if (isParameter)
            {
                exchange.PathParameters.Add(range);
            }
            node = next;
        }
        if (node.Find(exchange.Method == "HEAD" ? "GET" : exchange.Method) is { } plan)
        {
            return plan;
        }
        exchange.PathParameters.Clear();
        var isKnown = node.Methods.Length > 0 || exchange.RawTarget == "*";
        if (isKnown && exchange.Method == "OPTIONS")
        {
            return Preflight;
        }
        otherMethod |= isKnown;
        return IsFull ? CatchAll : null;
    }

    /// <summary>
    /// Learns the path of an exchange that the upstream answered with success, so that guessing paths teaches nothing. Returns the plan
    /// to judge the answer by: the new one, or the one that stands for all others.
    /// </summary>
    public OperationPlan? Learn(Exchange exchange)
    {
        var exists = exchange.Status is (>= 200 and <= 299) or 304;
        var method = exchange.Method == "HEAD" ? "GET" : exchange.Method;
        var isPlain = Array.IndexOf(LearnedMethods, method) >= 0 && exchange.PathSegments.Count is > 0 and <= MaxDepth;
        if (!exists || !isPlain || !exchange.HasCanonicalTarget)
        {
            return CatchAll;
        }
        var otherMethod = false;
        lock (_lock)
        {
            if (!IsFull)
            {
                var node = _root;
                var template = new StringBuilder();
                foreach (var range in exchange.PathSegments.Span)
                {
                    node = Grow(node, exchange.Target(range), template);
                    template.Append('/').Append(Encoding.ASCII.GetString(node.Name));
                }
                End(node, method, template.ToString());
            }
        }
        return Match(exchange, ref otherMethod) ?? CatchAll;
    }

    private bool IsFull => Volatile.Read(ref _count) >= MaxOperations;

    private LearnedNode Grow(LearnedNode node, ReadOnlySpan<byte> segment, StringBuilder template)
    {
        if (node.Next(segment, out var isValue) is { } known)
        {
            return known;
        }
        if (isValue)
        {
            return node.Value ??= new LearnedNode(ValueName);
        }
        if (node.Names.Length >= MaxNames && !segment.IsEmpty)
        {
            return Fold(node, template.ToString());
        }
        var added = new LearnedNode(segment.ToArray());
        node.Names = [.. node.Names, added];
        return added;
    }

    /// <summary>Joins all names of a place into one parameter, with what was known of each.</summary>
    private LearnedNode Fold(LearnedNode node, string template)
    {
        var folded = node.Folded ?? new LearnedNode(FoldedName);
        foreach (var child in node.Names)
        {
            if (!child.Name.IsEmpty)
            {
                Merge(child, folded, template + "/{name}");
            }
        }
        node.Folded = folded;
        node.Names = [.. node.Names.Where(child => child.Name.IsEmpty)];
        return folded;
    }

    private void Merge(LearnedNode from, LearnedNode into, string template)
    {
        foreach (var (method, plan) in from.Methods)
        {
            // What one of them leaked, all of them may leak.
            if (End(into, method, template) is { } joined)
            {
                joined.Operation.Learn(plan.Operation.ClassesSeen);
                joined.Operation.AnonymousPersonalData |= plan.Operation.AnonymousPersonalData;
                joined.Operation.AdmitsStrangers |= plan.Operation.AdmitsStrangers;
            }
        }
        if (from.Value is { } value)
        {
            Merge(value, into.Value ??= new LearnedNode(ValueName), template + "/{id}");
        }
        if (from.Folded is { } folded)
        {
            Merge(folded, into.Folded ??= new LearnedNode(FoldedName), template + "/{name}");
        }
        foreach (var child in from.Names)
        {
            var place = into.Folded is { } all && !child.Name.IsEmpty ? all : Grow(into, child.Name, new StringBuilder(template));
            Merge(child, place, $"{template}/{Encoding.ASCII.GetString(place.Name)}");
        }
    }

    private OperationPlan? End(LearnedNode node, string method, string template)
    {
        if (node.Find(method) is { } known)
        {
            return known;
        }
        if (IsFull || Plan(method, template) is not { } plan)
        {
            return null;
        }
        node.Methods = [.. node.Methods, new(method, plan)];
        Volatile.Write(ref _count, _count + 1);
        return plan;
    }

    private void Restore(Operation operation)
    {
        var node = _root;
        foreach (var segment in RouteTemplate.Segments(operation.Template))
        {
            node = segment switch
            {
                "{id}" => node.Value ??= new LearnedNode(ValueName),
                "{name}" => node.Folded ??= new LearnedNode(FoldedName),
                _ => Named(node, Encoding.ASCII.GetBytes(segment)),
            };
        }
        End(node, operation.Method, operation.Template);
    }

    private static LearnedNode Named(LearnedNode node, byte[] name)
    {
        foreach (var child in node.Names)
        {
            if (child.Name.SequenceEqual(name))
            {
                return child;
            }
        }
        var added = new LearnedNode(name);
        node.Names = [.. node.Names, added];
        return added;
    }

    private OperationPlan? Plan(string method, string template) =>
        _registry.TryAdd(_upstream, method, template, isDeclared: false) is { } operation ? _plan(operation) : null;
}
