namespace Portcullis.Core.Contracts.Documents;

/// <summary>The path prefixes under which an operation is served: of its own servers, its path's or the document's.</summary>
internal static class BasePaths
{
    private const int MaxPrefixes = 8;

    public static IReadOnlyList<string> Of(ContractTree tree, Place root, Place path, Place operation)
    {
        if (root.Find("basePath") is { Text: { } basePath })
        {
            return [Trim(basePath)];
        }
        var holder =
            operation.Has("servers") ? operation
            : path.Has("servers") ? path
            : root;
        var prefixes = new List<string>();
        foreach (var server in tree.ReadList(holder, "servers"))
        {
            if (server.Find("url") is not { Text: { } url } at)
            {
                tree.Report(server, "A server has no 'url'.", "Write its address, or remove it.");
                continue;
            }
            var prefix = Prefix(server, url);
            if (prefix.Contains('{'))
            {
                tree.Note(
                    at,
                    "The server's path has variables without a default; they match any one segment.",
                    "Declare them under 'variables'."
                );
            }
            if (!prefixes.Contains(prefix) && prefixes.Count < MaxPrefixes)
            {
                prefixes.Add(prefix);
            }
        }
        return prefixes.Count == 0 ? [""] : prefixes;
    }

    private static string Prefix(Place server, string url)
    {
        foreach (var (name, variable) in server.Find("variables")?.Members() ?? [])
        {
            url = url.Replace($"{{{name}}}", variable.Find("default")?.Text ?? "", StringComparison.Ordinal);
        }
        var path = url;
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0 || url.StartsWith("//", StringComparison.Ordinal))
        {
            var host = scheme >= 0 ? scheme + 3 : 2;
            var slash = url.IndexOf('/', host);
            path = slash < 0 ? "" : url[slash..];
        }
        var cut = path.AsSpan().IndexOfAny('?', '#');
        path = cut >= 0 ? path[..cut] : path;
        return Trim(path);
    }

    private static string Trim(string path)
    {
        var trimmed = path.Trim('/');
        return trimmed.Length == 0 || trimmed == "." ? "" : "/" + trimmed;
    }
}
