using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Tells which fields stand in a schema, however deep.</summary>
internal sealed class FieldFacts(Func<string, ulong> classesOf)
{
    private const int MaxFields = 5_000;

    public IReadOnlyList<string> NamesIn(SchemaNode[] schemas)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<SchemaNode>(schemas, ReferenceEqualityComparer.Instance);
        var open = new Queue<SchemaNode>(schemas);
        while (open.TryDequeue(out var schema) && names.Count < MaxFields)
        {
            foreach (var member in schema.Members.Values)
            {
                names.Add(member.Name);
            }
            foreach (var part in Parts(schema))
            {
                if (seen.Add(part))
                {
                    open.Enqueue(part);
                }
            }
        }
        return [.. names.Order(StringComparer.Ordinal)];
    }

    public ulong ClassesOf(IReadOnlyList<string> names)
    {
        var classes = 0UL;
        foreach (var name in names)
        {
            classes |= classesOf(name);
        }
        return classes;
    }

    /// <summary>True for a list of objects, and for an object that directly holds one.</summary>
    public static bool HoldsList(SchemaNode schema) =>
        Layers(schema)
            .Any(layer => IsObjectList(layer) || layer.Members.Values.Any(m => m.Schema is { } s && Layers(s).Any(IsObjectList)));

    /// <summary>True for a list without a longest length, and for an object that directly holds one.</summary>
    public static bool HoldsUnboundedList(SchemaNode schema) =>
        Layers(schema)
            .Any(layer => IsUnbounded(layer) || layer.Members.Values.Any(m => m.Schema is { } s && Layers(s).Any(IsUnbounded)));

    private static bool IsObjectList(SchemaNode schema) =>
        schema is { Items: { } items, MaxItems: > 1 } && Layers(items).Any(layer => layer.Members.Count > 0);

    private static bool IsUnbounded(SchemaNode schema) => schema is { Items: not null, MaxItems: int.MaxValue };

    /// <summary>The schema and all that must or may hold for the same value.</summary>
    private static HashSet<SchemaNode> Layers(SchemaNode schema)
    {
        var layers = new HashSet<SchemaNode>(ReferenceEqualityComparer.Instance) { schema };
        var open = new Queue<SchemaNode>(layers);
        while (open.TryDequeue(out var next))
        {
            foreach (var part in next.InPlace)
            {
                if (layers.Add(part))
                {
                    open.Enqueue(part);
                }
            }
        }
        return layers;
    }

    private static IEnumerable<SchemaNode> Parts(SchemaNode schema) =>
        [
            .. schema.InPlace,
            .. schema.FirstItems,
            .. schema.Members.Values.Select(m => m.Schema).OfType<SchemaNode>(),
            .. schema.MemberPatterns.Select(p => p.Value),
            .. new[] { schema.Items, schema.OtherMembers, schema.Contains }.OfType<SchemaNode>(),
        ];
}
