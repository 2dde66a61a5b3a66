using Portcullis.Core.Contracts.Checks;
using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Compiles the parameters of an operation, those of its path included.</summary>
internal sealed class ParameterCompiler(ContractTree tree, SchemaCompiler schemas, OpenApiVersion version)
{
    // RFC 9110 fields that OpenAPI reserves: content negotiation and credentials are declared elsewhere.
    private static readonly string[] Reserved = ["accept", "content-type", "authorization"];

    private const int MaxParts = 4;

    public List<CompiledParameter> Read(Place path, Place operation)
    {
        var parameters = new List<CompiledParameter>();
        foreach (var holder in new[] { path, operation })
        {
            var own = new HashSet<(string, string)>();
            foreach (var at in tree.ReadList(holder, "parameters"))
            {
                if (tree.Follow(at) is not { } target || Compile(target) is not { } compiled)
                {
                    continue;
                }
                if (!own.Add((compiled.In, compiled.Plan.Name)))
                {
                    tree.Report(
                        at,
                        $"The {compiled.In} parameter '{compiled.Plan.Name}' is declared twice.",
                        "Remove one of the two."
                    );
                }
                // What an operation says of a parameter replaces what its path says.
                parameters.RemoveAll(p => p.In == compiled.In && p.Plan.Name == compiled.Plan.Name);
                parameters.Add(compiled);
            }
        }
        return parameters;
    }

    private CompiledParameter? Compile(Place at)
    {
        if (!at.IsObject)
        {
            tree.Report(at, "A parameter is no object.", "Write it with 'name' and 'in'.");
            return null;
        }
        tree.CheckKeys(at, KnownKeys.Parameter);
        var name = tree.ReadText(at, "name");
        var kind = tree.ReadText(at, "in");
        if (string.IsNullOrEmpty(name) || kind is null)
        {
            tree.Report(at, $"A parameter has no '{(string.IsNullOrEmpty(name) ? "name" : "in")}'.", "Add it.");
            return null;
        }
        if (!IsKind(kind))
        {
            tree.Report(at, $"The parameter '{name}' cannot stand in '{kind}'.", "Write one of path, query, header, cookie.");
            return null;
        }
        if (kind == "header" && Array.IndexOf(Reserved, name.ToLowerInvariant()) >= 0)
        {
            return null;
        }
        var holder = SchemaPlace(at, out var isJson);
        var plan = new ParameterPlan
        {
            Name = name,
            In = kind,
            IsRequired = tree.ReadFlag(at, "required") || kind == "path",
            AdmitsEmpty = tree.ReadFlag(at, "allowEmptyValue"),
            Schema = holder is { } schema ? schemas.Compile(schema) : new SchemaNode(),
            Style = isJson ? ParameterStyle.Json : Style(at, kind, holder),
        };
        return new CompiledParameter(kind, at, plan, Declared(name, kind, holder));
    }

    private bool IsKind(string kind) =>
        kind is "path" or "query" or "header"
        || (version == OpenApiVersion.V20 ? kind is "body" or "formData" : kind is "cookie" or "querystring");

    private Place? SchemaPlace(Place at, out bool isJson)
    {
        isJson = false;
        if (version == OpenApiVersion.V20)
        {
            return at.Find("in")?.Text == "body" ? null : at;
        }
        if (
            tree.ReadObject(at, "content") is { } content
            && content.Members().Select(m => m.Value).FirstOrDefault() is { Node: not null } media
        )
        {
            isJson = BodyPlan.IsJson(content.Members().First().Key);
            return media.Find("schema");
        }
        return at.Find("schema");
    }

    private ParameterStyle Style(Place at, string kind, Place? holder)
    {
        var target = holder is { } schema ? tree.Follow(schema) : null;
        var type = target is { } own ? TypeOf(own, 0) : null;
        if (kind == "querystring")
        {
            return ParameterStyle.Opaque;
        }
        if (type == "object" || type is null && target?.Has("properties") == true)
        {
            return version == OpenApiVersion.V20 ? ParameterStyle.Opaque : ObjectStyle(at, kind);
        }
        if (type != "array")
        {
            return at.Find("style")?.Text switch
            {
                "matrix" => ParameterStyle.Matrix,
                "label" => ParameterStyle.Label,
                _ => ParameterStyle.Single,
            };
        }
        return version == OpenApiVersion.V20 ? CollectionFormat(at) : ListStyle(at, kind);
    }

    // How it is written depends on whether it is a list or an object, which its alternatives may say for it: a list where one of them is, an
    // object where all are.
    private string? TypeOf(Place schema, int depth)
    {
        if (schema.Find("type") is { } type)
        {
            return type.Text ?? (type.Items().Any(one => one.Text == "array") ? "array" : null);
        }
        if (depth > MaxParts)
        {
            return null;
        }
        var stated = Types(schema, "allOf", depth).FirstOrDefault(one => one is not null);
        var alternatives = Types(schema, "anyOf", depth).Concat(Types(schema, "oneOf", depth)).ToList();
        return stated
            ?? (
                alternatives.Contains("array") ? "array"
                : alternatives.Count > 0 && alternatives.TrueForAll(one => one == "object") ? "object"
                : null
            );
    }

    private IEnumerable<string?> Types(Place schema, string name, int depth) =>
        (schema.Find(name)?.Items() ?? []).Select(part => tree.Follow(part) is { } target ? TypeOf(target, depth + 1) : null);

    private ParameterStyle CollectionFormat(Place at)
    {
        switch (tree.ReadText(at, "collectionFormat") ?? "csv")
        {
            case "csv":
                return ParameterStyle.Commas;
            case "ssv":
                return ParameterStyle.Spaces;
            case "tsv":
                return ParameterStyle.Tabs;
            case "pipes":
                return ParameterStyle.Pipes;
            case "multi":
                return ParameterStyle.Repeated;
            default:
                tree.Report(at, "The collectionFormat is not known.", "Write one of csv, ssv, tsv, pipes, multi.");
                return ParameterStyle.Opaque;
        }
    }

    private ParameterStyle ListStyle(Place at, string kind)
    {
        var isForm = kind is "query" or "cookie";
        var style = tree.ReadText(at, "style") ?? (isForm ? "form" : "simple");
        var explode = at.Has("explode") ? tree.ReadFlag(at, "explode") : style == "form";
        switch (style)
        {
            case "form" when isForm:
                return explode && kind == "query" ? ParameterStyle.Repeated : ParameterStyle.Commas;
            case "simple" when !isForm:
                return ParameterStyle.Commas;
            case "spaceDelimited":
                return explode ? ParameterStyle.Repeated : ParameterStyle.Spaces;
            case "pipeDelimited":
                return explode ? ParameterStyle.Repeated : ParameterStyle.Pipes;
            case "matrix" or "label" or "deepObject" or "cookie":
                return ParameterStyle.Opaque;
            default:
                tree.Report(
                    at,
                    $"The style '{style}' does not exist for a parameter in {kind}.",
                    "Remove it, or write one that OpenAPI knows."
                );
                return ParameterStyle.Opaque;
        }
    }

    private ParameterStyle ObjectStyle(Place at, string kind)
    {
        var isForm = kind is "query" or "cookie";
        var style = tree.ReadText(at, "style") ?? (isForm ? "form" : "simple");
        var explode = at.Has("explode") ? tree.ReadFlag(at, "explode") : style is "form" or "deepObject";
        switch (style)
        {
            case "form" when isForm:
                return !explode ? ParameterStyle.PairCommas
                    : kind == "query" ? ParameterStyle.ExplodedObject
                    : ParameterStyle.Opaque;
            case "simple" when !isForm:
                return explode ? ParameterStyle.AssignedCommas : ParameterStyle.PairCommas;
            case "spaceDelimited" when kind == "query" && !explode:
                return ParameterStyle.PairSpaces;
            case "pipeDelimited" when kind == "query" && !explode:
                return ParameterStyle.PairPipes;
            case "deepObject" when kind == "query":
                return ParameterStyle.DeepObject;
            case "matrix" or "label" or "cookie" or "spaceDelimited" or "pipeDelimited":
                return ParameterStyle.Opaque;
            default:
                tree.Report(
                    at,
                    $"The style '{style}' does not exist for an object in {kind}.",
                    "Remove it, or write one that OpenAPI knows."
                );
                return ParameterStyle.Opaque;
        }
    }

    private DeclaredParameter Declared(string name, string kind, Place? holder)
    {
        if (holder is not { } schema || tree.Follow(schema) is not { } target)
        {
            return new DeclaredParameter(name, kind, false, "", false);
        }
        return new DeclaredParameter(
            name,
            kind,
            target.Find("type")?.Text is "integer" or "number",
            target.Find("format")?.Text?.ToLowerInvariant() ?? "",
            target.Has("maximum") || target.Has("exclusiveMaximum") || target.Has("enum") || target.Has("maxLength")
        );
    }
}
