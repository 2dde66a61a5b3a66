using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Hashing;
using Portcullis.Core.Json;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Turns the schemas of a contract into <see cref="SchemaNode"/>s, each once, however often and circularly it is referred to.</summary>
internal sealed class SchemaCompiler(ContractTree tree, OpenApiVersion version)
{
    // What these say is not held yet; the note tells so.
    private static readonly string[] NotHeld =
    [
        "unevaluatedProperties",
        "unevaluatedItems",
        "dependentRequired",
        "dependentSchemas",
        "dependencies",
        "$dynamicRef",
    ];

    private readonly Dictionary<JsonNode, SchemaNode> _byNode = new(ReferenceEqualityComparer.Instance);
    private readonly List<KeyValuePair<Place, SchemaNode>> _compiled = [];
    private readonly Queue<KeyValuePair<Place, SchemaNode>> _open = new();

    /// <summary>The compiled form of the schema at a place; its parts are filled in by <see cref="Finish"/>.</summary>
    public SchemaNode Compile(Place place)
    {
        if (place.Flag is { } anything)
        {
            return new SchemaNode { AdmitsNothing = !anything };
        }
        if (place.Node is not JsonObject members)
        {
            tree.Report(place, "A schema is neither an object nor true or false.", "Write a schema object here.");
            return new SchemaNode();
        }
        if (members.ContainsKey("$ref") && (version != OpenApiVersion.V31 || members.Count == 1))
        {
            // Before 3.1 what stands beside a reference means nothing.
            return tree.Follow(place) is { } target && target.Node != place.Node ? Compile(target) : new SchemaNode();
        }
        if (!_byNode.TryGetValue(members, out var node))
        {
            _byNode.Add(members, node = new SchemaNode());
            _open.Enqueue(new(place, node));
        }
        return node;
    }

    /// <summary>Fills in everything that was asked for; must run before a schema is used.</summary>
    public void Finish()
    {
        while (_open.TryDequeue(out var next))
        {
            Fill(next.Key, next.Value);
            _compiled.Add(next);
        }
        foreach (var (_, node) in _compiled)
        {
            node.RequiredInRequest = node.Members.Values.Count(m => m.IsRequired && m.Schema is not { IsReadOnly: true });
            node.RequiredInResponse = node.Members.Values.Count(m => m.IsRequired && m.Schema is not { IsWriteOnly: true });
        }
        new CircularSchemas(tree).Report(_compiled);
    }

    private void Fill(Place place, SchemaNode node)
    {
        // A parameter of 2.0 is its own schema.
        tree.CheckKeys(place, version == OpenApiVersion.V20 ? KnownKeys.Parameter : KnownKeys.Schema);
        new ScalarKeywords(tree, version).Fill(place, node);
        FillMembers(place, node);
        FillItems(place, node);
        FillCombinations(place, node);
        FillValues(place, node);
        foreach (var keyword in NotHeld)
        {
            if (place.Has(keyword))
            {
                tree.Note(place, $"'{keyword}' is not held yet.", "Requests are passed as if it were absent.");
            }
        }
    }

    private void FillMembers(Place place, SchemaNode node)
    {
        var members = new Dictionary<string, SchemaMember>(StringComparer.Ordinal);
        foreach (var (name, schema) in tree.ReadObject(place, "properties")?.Members() ?? [])
        {
            members[name] = new SchemaMember(name) { Schema = Compile(schema) };
        }
        // A true or false here is the form of JSON Schema draft 3, still common in 2.0 documents; it means nothing.
        foreach (var required in place.Find("required") is { Flag: not null } ? [] : tree.ReadList(place, "required"))
        {
            if (required.Text is not { } name)
            {
                tree.Report(required, "A required member is not named by text.", "List member names.");
                continue;
            }
            if (!members.TryGetValue(name, out var member))
            {
                members[name] = member = new SchemaMember(name);
            }
            member.IsRequired = true;
        }
        node.Members = Table(members);
        node.MemberPatterns = [.. Patterns(place)];
        if (place.Find("additionalProperties") is { } others)
        {
            var schema = Compile(others);
            node.OtherMembers = others.Flag == true ? null : schema;
            node.InvitesOtherMembers = others.Flag != false;
        }
        node.MemberNames = place.Find("propertyNames") is { } names ? Compile(names) : null;
        node.MinMembers = tree.ReadCount(place, "minProperties", 0);
        node.MaxMembers = tree.ReadCount(place, "maxProperties", int.MaxValue);
        ReportEmptyRange(place, "minProperties", node.MinMembers > node.MaxMembers);
    }

    private IEnumerable<KeyValuePair<TextPattern, SchemaNode>> Patterns(Place place)
    {
        foreach (var (expression, schema) in tree.ReadObject(place, "patternProperties")?.Members() ?? [])
        {
            if (ScalarKeywords.Pattern(tree, schema, expression) is { } pattern)
            {
                yield return new(pattern, Compile(schema));
            }
        }
    }

    private void FillItems(Place place, SchemaNode node)
    {
        if (place.Find("items") is { } items)
        {
            // A list here is the tuple of JSON Schema draft 4.
            var isTuple = items.Node is JsonArray;
            node.FirstItems = isTuple ? [.. items.Items().Select(Compile)] : [];
            node.Items = isTuple ? null : Compile(items);
            if (isTuple && place.Find("additionalItems") is { } more)
            {
                node.Items = Compile(more);
            }
        }
        if (place.Has("prefixItems"))
        {
            node.FirstItems = [.. tree.ReadList(place, "prefixItems").Select(Compile)];
        }
        if (place.Find("contains") is { } contains)
        {
            node.Contains = Compile(contains);
            node.MinContains = tree.ReadCount(place, "minContains", 1);
            node.MaxContains = tree.ReadCount(place, "maxContains", int.MaxValue);
        }
        node.MinItems = tree.ReadCount(place, "minItems", 0);
        node.MaxItems = tree.ReadCount(place, "maxItems", int.MaxValue);
        node.HasUniqueItems = tree.ReadFlag(place, "uniqueItems");
        ReportEmptyRange(place, "minItems", node.MinItems > node.MaxItems);
    }

    private void FillCombinations(Place place, SchemaNode node)
    {
        // From 3.1 on a reference is one keyword among others.
        SchemaNode[] referred = place.Has("$ref") && tree.Follow(place) is { } target ? [Compile(target)] : [];
        node.AllOf = [.. referred, .. Parts(place, "allOf")];
        node.AnyOf = Parts(place, "anyOf");
        node.OneOf = Parts(place, "oneOf");
        node.Not = Part(place, "not");
        node.If = Part(place, "if");
        node.Then = Part(place, "then");
        node.Else = Part(place, "else");
    }

    private SchemaNode[] Parts(Place place, string name)
    {
        var parts = tree.ReadList(place, name);
        if (parts.Count == 0 && place.Find(name) is { Node: JsonArray } empty)
        {
            tree.Report(empty, $"'{name}' lists no schema.", "List at least one, or remove it.");
        }
        return [.. parts.Select(Compile)];
    }

    private SchemaNode? Part(Place place, string name) => place.Find(name) is { } part ? Compile(part) : null;

    private void FillValues(Place place, SchemaNode node)
    {
        var values = new HashSet<Key128>();
        foreach (var value in tree.ReadList(place, "enum"))
        {
            values.Add(KeyOf(value.Node));
        }
        if (values.Count == 0 && place.Find("enum") is { Node: JsonArray } empty)
        {
            tree.Report(empty, "'enum' lists no value, so nothing fits.", "List the values, or remove it.");
        }
        if (place.Has("const"))
        {
            var key = KeyOf((place.Node as JsonObject)?["const"]);
            values = values.Count == 0 || values.Contains(key) ? [key] : values;
        }
        if (values.Count > 0 && node.AdmitsNull)
        {
            values.Add(ValueKey.OfWord(JsonKind.Null));
        }
        node.Values = values.Count > 0 ? values.ToFrozenSet() : null;
    }

    private void ReportEmptyRange(Place place, string name, bool isEmpty)
    {
        if (isEmpty)
        {
            tree.Report(place, $"'{name}' is above its maximum, so nothing fits.", "Correct one of the two.");
        }
    }

    private static Utf8Table<SchemaMember> Table(Dictionary<string, SchemaMember> members) =>
        members.Count == 0
            ? Utf8Table<SchemaMember>.Empty
            : new([.. members.Select(m => new KeyValuePair<byte[], SchemaMember>(Encoding.UTF8.GetBytes(m.Key), m.Value))]);

    private static Key128 KeyOf(JsonNode? node)
    {
        var bytes = Encoding.UTF8.GetBytes(node?.ToJsonString() ?? "null");
        var tape = new JsonTape();
        tape.Read(bytes);
        return ValueKey.Of(tape, bytes, 0);
    }
}
