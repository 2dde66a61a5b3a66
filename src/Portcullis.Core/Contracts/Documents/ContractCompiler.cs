using Portcullis.Core.Routing;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Turns a contract's tree into declared operations and reports everything that stands in the way.</summary>
internal sealed class ContractCompiler(ContractTree tree, Func<string, ulong> classesOf)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    private const string Additional = "additionalOperations";

    private static readonly string[] Others = ["parameters", "servers", "summary", "description", "$ref", Additional];

    public IReadOnlyList<DeclaredOperation> Compile(Place root)
    {
        if (!root.IsObject)
        {
            tree.Report(root, "The document is no object.", "Point to an OpenAPI document.");
            return [];
        }
        if (ReadVersion(root) is not { } version)
        {
            return [];
        }
        tree.CheckKeys(root, KnownKeys.Root);
        if (tree.ReadObject(root, "components") is { } components)
        {
            tree.CheckKeys(components, KnownKeys.Components);
        }
        if (
            tree.ReadObject(root, "paths") is not { } paths
            || paths.Members().All(path => path.Key.StartsWith("x-", StringComparison.Ordinal))
        )
        {
            if (!root.Has("paths") || root.Find("paths")?.IsObject != false)
            {
                tree.Report(
                    root,
                    root.Has("webhooks")
                        ? "The document declares webhooks only: calls that the API makes, none that it takes."
                        : "The document declares no paths.",
                    "Point to the document that declares the API's operations."
                );
            }
            return [];
        }
        var schemas = new SchemaCompiler(tree, version);
        var operations = new OperationCompiler(tree, schemas, version, root);
        var drafts = new List<OperationDraft>();
        foreach (var (path, item) in paths.Members())
        {
            if (!path.StartsWith("x-", StringComparison.Ordinal))
            {
                drafts.AddRange(ReadPath(path, item, root, operations));
            }
        }
        if (drafts.Count == 0 && tree.Errors.Count == 0)
        {
            tree.Report(paths, "The paths declare no operations.", "Point to the document that declares the API's operations.");
        }
        schemas.Finish();
        var fields = new FieldFacts(classesOf);
        return [.. drafts.Select(draft => draft.Finish(fields))];
    }

    private OpenApiVersion? ReadVersion(Place root)
    {
        var text = root.Find("openapi") ?? root.Find("swagger");
        if (text is not { } at)
        {
            tree.Report(
                root,
                "The document has neither 'openapi' nor 'swagger', so it is no OpenAPI document (perhaps a part of one).",
                "Point to the main document."
            );
            return null;
        }
        var version = at.Text ?? at.NumberText ?? "";
        OpenApiVersion? known = version switch
        {
            "2.0" => OpenApiVersion.V20,
            _ when version.StartsWith("3.0", StringComparison.Ordinal) => OpenApiVersion.V30,
            _ when version.StartsWith("3.1", StringComparison.Ordinal) => OpenApiVersion.V31,
            _ when version.StartsWith("3.2", StringComparison.Ordinal) => OpenApiVersion.V31,
            _ => null,
        };
        if (known is null)
        {
            tree.Report(at, $"The OpenAPI version '{version}' is not known.", "2.0, 3.0, 3.1 and 3.2 are; convert the document.");
        }
        return known;
    }

    private IEnumerable<OperationDraft> ReadPath(string path, Place item, Place root, OperationCompiler compiler)
    {
        if (tree.Follow(item) is not { } target)
        {
            yield break;
        }
        if (!target.IsObject)
        {
            tree.Report(item, "A path is no object.", "Write its operations as members: get, post …");
            yield break;
        }
        var plain = path;
        var cut = path.AsSpan().IndexOfAny('?', '#');
        if (cut >= 0)
        {
            plain = path[..cut];
            tree.Note(
                item,
                "The path carries a query or a fragment, which no request path has; only what stands before it is matched.",
                "Declare query parameters instead."
            );
        }
        if (RouteTemplate.ReadParameters(plain, out var problem) is null)
        {
            tree.Report(item, $"The path '{path}' cannot be matched: {problem}.", "Correct the path.");
            yield break;
        }
        foreach (var (method, operation) in Operations(target))
        {
            if (!operation.IsObject)
            {
                tree.Report(operation, $"The operation '{method}' is no object.", "Write it as an object with responses.");
                continue;
            }
            compiler.ReportSameId(operation);
            foreach (var prefix in BasePaths.Of(tree, root, target, operation))
            {
                if (compiler.Compile(method, prefix + plain, target, operation) is { } draft)
                {
                    compiler.ReportTwin(method, prefix + plain, operation);
                    yield return draft;
                }
            }
        }
    }

    // A key that is not understood would leave an operation undeclared without a word, so each one is an error.
    private IEnumerable<KeyValuePair<string, Place>> Operations(Place path)
    {
        foreach (var (name, value) in path.Members())
        {
            if (Array.IndexOf(Methods, name) >= 0)
            {
                yield return new(name.ToUpperInvariant(), value);
            }
            else if (!Others.Contains(name) && !name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
            {
                tree.Report(value, $"'{MessageText.Shown(name)}' is no member of a path.", Remedy(name));
            }
        }
        // OpenAPI 3.2: methods that have no key of their own, written as they are sent.
        foreach (var (name, value) in tree.ReadObject(path, Additional)?.Members() ?? [])
        {
            if (HttpMethodNames.IsKnown(name) && !Methods.Contains(name.ToLowerInvariant()))
            {
                yield return new(name, value);
                continue;
            }
            var nearest = HttpMethodNames.Nearest(name);
            tree.Report(
                value,
                $"'{MessageText.Shown(name)}' is no method without a key of its own.",
                nearest is null ? "Write a registered HTTP method in capital letters."
                    : Methods.Contains(nearest.ToLowerInvariant()) ? $"Write it as '{nearest.ToLowerInvariant()}' of the path."
                    : $"Did you mean '{nearest}'?"
            );
        }
    }

    private static string Remedy(string name)
    {
        if (Methods.Contains(name.ToLowerInvariant()))
        {
            return $"Methods are written in lower case: '{name.ToLowerInvariant()}'.";
        }
        return MessageText.Nearest(name, [.. Methods, .. Others]) is { } nearest
            ? $"Did you mean '{nearest}'?"
            : $"Methods are {string.Join(", ", Methods)}; extensions begin with 'x-'.";
    }
}
