using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Turns a contract's tree into declared operations and reports everything that stands in the way.</summary>
internal sealed class ContractCompiler(ContractTree tree, Func<string, ulong> classesOf)
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

    private static readonly string[] Others = ["parameters", "servers", "summary", "description", "$ref", "additionalOperations"];

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
        foreach (var (name, operation) in target.Members())
        {
            if (Array.IndexOf(Methods, name) >= 0)
            {
                if (!operation.IsObject)
                {
                    tree.Report(operation, $"The operation '{name}' is no object.", "Write it as an object with responses.");
                    continue;
                }
                foreach (var prefix in BasePaths.Of(tree, root, target, operation))
                {
                    var method = name.ToUpperInvariant();
                    if (compiler.Compile(method, prefix + plain, target, operation) is { } draft)
                    {
                        compiler.ReportTwin(method, prefix + plain, operation);
                        yield return draft;
                    }
                }
            }
            else if (char.IsAsciiLetterUpper(name[..Math.Min(1, name.Length)].FirstOrDefault()))
            {
                tree.Report(operation, $"'{name}' is no member of a path.", "Methods are written in lower case.");
            }
            else if (!Others.Contains(name) && MessageText.Nearest(name, Methods) is { } nearest)
            {
                // A misspelt method would leave an operation undeclared without a word.
                tree.Report(operation, $"'{name}' is no member of a path.", $"Did you mean '{nearest}'?");
            }
        }
    }
}
