using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Reads the upstreams: names, addresses, hosts, contracts.</summary>
internal sealed class UpstreamDrafts(GatewayOptions options, PolicyContext context, PolicyReport report)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _hosts = new(StringComparer.Ordinal);

    public List<UpstreamDraft> Read()
    {
        var drafts = options.Upstreams.Select((written, i) => Draft(written, $"upstreams[{i}]")).ToList();
        if (options.UnknownHosts != "refuse" && !_names.Contains(options.UnknownHosts))
        {
            report.Add(
                "unknownHosts",
                $"There is no upstream `{options.UnknownHosts}`.",
                MessageText.Suggest(options.UnknownHosts, [.. _names, "refuse"], "Write `refuse`, or the name of an upstream.")
            );
        }
        else if (options.UnknownHosts != "refuse" && _hosts.TryGetValue("*", out var all) && all != options.UnknownHosts)
        {
            report.Add(
                "unknownHosts",
                $"The upstream `{all}` answers to every host already.",
                "Remove `unknownHosts`, or list that upstream's `hosts`."
            );
        }
        return drafts;
    }

    private UpstreamDraft Draft(UpstreamOptions written, string path)
    {
        _ = Uri.TryCreate(written.Address, UriKind.Absolute, out var address);
        var name = written.Name ?? address?.Host ?? path;
        if (!_names.Add(name))
        {
            report.Add($"{path}.name", $"There are two upstreams `{name}`.", "Give each its own `name`.");
        }
        if (address is { Query.Length: > 0 } or { Fragment.Length: > 0 })
        {
            report.Add($"{path}.address", "The address has a query or fragment.", "Keep scheme, host, port and path.");
        }
        var hosts = written.Hosts.Count == 0 && !report.IsBroken($"{path}.hosts") ? ["*"] : written.Hosts.ToArray();
        for (var i = 0; i < hosts.Length; i++)
        {
            hosts[i] = AsSent(hosts[i], $"{path}.hosts[{i}]");
            if (!_hosts.TryAdd(hosts[i], name))
            {
                Clash(hosts[i], name, written.Hosts.Count == 0 ? path : $"{path}.hosts[{i}]");
            }
        }
        return new UpstreamDraft
        {
            Path = path,
            Name = name,
            Options = written,
            Address = address,
            Hosts = hosts,
            Contract = written.Contract is { } contract ? Contract(contract, path) : null,
        };
    }

    // Requests carry an international host in its ASCII form.
    private string AsSent(string host, string path)
    {
        if (System.Text.Ascii.IsValid(host))
        {
            return host;
        }
        try
        {
            return new System.Globalization.IdnMapping().GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            report.Add(path, $"`{MessageText.Shown(host)}` is not a host name.", "Write the form that requests carry: `xn--…`.");
            return host;
        }
    }

    private void Clash(string host, string name, string path)
    {
        var other = _hosts[host];
        var message =
            host == "*" ? $"`{other}` and `{name}` both answer to every host."
            : other == name ? $"The host `{host}` stands here twice."
            : $"The host `{host}` belongs to `{other}` already.";
        report.Add(path, message, host == "*" ? "List the `hosts` of all upstreams but one." : "Remove it from one of them.");
    }

    private IReadOnlyList<ContractOperation>? Contract(string file, string path)
    {
        var full = Path.GetFullPath(Path.Combine(context.Folder.Length == 0 ? "." : context.Folder, file));
        if (!File.Exists(full))
        {
            report.Add($"{path}.contract", $"There is no file `{full}`.", "Correct the path; it is relative to the policy file.");
            return null;
        }
        var reading = context.ReadContract(full);
        foreach (var error in reading.Errors)
        {
            report.Add(error);
        }
        report.Warnings.AddRange(reading.Warnings);
        report.ContractFiles.AddRange(reading.Files);
        return reading.Errors.Count == 0 ? reading.Operations : null;
    }
}
