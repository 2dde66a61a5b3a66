using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Portcullis.Drills.Replay;

/// <summary>The hosts that a contract names as its servers: what an operator who has nothing else lists.</summary>
internal static class ContractHosts
{
    /// <summary>Of the document, its paths and its operations, in the order written; none when it names none.</summary>
    public static IReadOnlyList<string> Of(string contract)
    {
        var hosts = new List<string>();
        if (Root(contract) is { } root)
        {
            if (Find(root, "host") is YamlScalarNode { Value: { } host })
            {
                Add(hosts, $"https://{host}");
            }
            AddServers(hosts, root);
            foreach (var path in Maps(Find(root, "paths")))
            {
                AddServers(hosts, path);
                foreach (var operation in Maps(path))
                {
                    AddServers(hosts, operation);
                }
            }
        }
        return hosts;
    }

    private static YamlMappingNode? Root(string contract)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(contract));
            return yaml.Documents.Count == 0 ? null : yaml.Documents[0].RootNode as YamlMappingNode;
        }
        catch (YamlException)
        {
            // Whoever loads the contract says what is wrong with it.
            return null;
        }
    }

    private static void AddServers(List<string> hosts, YamlMappingNode holder)
    {
        foreach (var server in (Find(holder, "servers") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [])
        {
            if (Find(server, "url") is YamlScalarNode { Value: { } url })
            {
                url = Filled(url, Find(server, "variables") as YamlMappingNode);
                Add(hosts, url.StartsWith("//", StringComparison.Ordinal) ? "https:" + url : url);
            }
        }
    }

    private static string Filled(string url, YamlMappingNode? variables)
    {
        foreach (var (name, variable) in variables?.Children.AsEnumerable() ?? [])
        {
            url = url.Replace($"{{{name}}}", (Find(variable, "default") as YamlScalarNode)?.Value, StringComparison.Ordinal);
        }
        return url;
    }

    // A server without a host is reached wherever the document came from: that names none.
    private static void Add(List<string> hosts, string url)
    {
        if (
            Uri.TryCreate(url, UriKind.Absolute, out var server)
            && server.Scheme is "http" or "https"
            && !hosts.Contains(server.IdnHost)
        )
        {
            hosts.Add(server.IdnHost);
        }
    }

    private static IEnumerable<YamlMappingNode> Maps(YamlNode? node) =>
        (node as YamlMappingNode)?.Children.Values.OfType<YamlMappingNode>() ?? [];

    private static YamlNode? Find(YamlNode node, string key) =>
        node is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
}
