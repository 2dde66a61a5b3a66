using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Joins the operations of contracts with those of the policy. Parameter names may differ; the policy's count in its conditions.</summary>
internal sealed class OperationMerge(GatewayOptions options, List<UpstreamDraft> upstreams, PolicyReport report)
{
    private readonly List<MergedOperation> _merged = [];
    private readonly Dictionary<(UpstreamDraft, string), MergedOperation> _byShape = [];

    public List<MergedOperation> Merge()
    {
        foreach (var upstream in upstreams)
        {
            foreach (var operation in upstream.Contract ?? [])
            {
                Add(
                    new MergedOperation
                    {
                        Upstream = upstream,
                        Method = operation.Method,
                        Template = operation.Template,
                        Contract = operation,
                        Shape = ShapeOf(operation.Method, operation.Template),
                        ParameterNames = RouteTemplate.Parameters(operation.Template),
                    }
                );
            }
        }
        foreach (var upstream in upstreams)
        {
            foreach (var (id, written) in upstream.Options.Operations)
            {
                Join([upstream], id, written, $"{upstream.Path}.operations[\"{MessageText.Shown(id)}\"]");
            }
        }
        foreach (var (id, written) in options.Operations)
        {
            Join(UpstreamsOf(id), id, written, $"operations[\"{MessageText.Shown(id)}\"]");
        }
        return _merged;
    }

    /// <summary>Method and template with nameless parameters.</summary>
    public static string ShapeOf(string method, string template) => $"{method} {RouteTemplate.Shape(template)}";

    /// <summary>The shape of an operation id; null when it is none.</summary>
    public static string? ShapeOf(string id) =>
        OptionForms.TryOperation(id, out var method, out var template) ? ShapeOf(method, template) : null;

    // All upstreams whose contract declares it; else the only one there is.
    private List<UpstreamDraft> UpstreamsOf(string id)
    {
        var shape = ShapeOf(id);
        var declaring = upstreams.FindAll(upstream => _byShape.ContainsKey((upstream, shape ?? "")));
        return declaring.Count > 0 || upstreams.Count != 1 ? declaring : upstreams;
    }

    private void Join(List<UpstreamDraft> targets, string id, OperationOptions written, string path)
    {
        if (targets.Count == 0)
        {
            report.Add(
                path,
                "No upstream's contract declares this operation, so it is open which one it belongs to.",
                "Write it below the `operations` of its upstream."
            );
        }
        foreach (var upstream in targets)
        {
            _ = OptionForms.TryOperation(id, out var method, out var template);
            var shape = ShapeOf(method, template);
            if (_byShape.TryGetValue((upstream, shape), out var known) && known.Options is not null)
            {
                report.Add(
                    path,
                    $"`{known.Path}` describes the same operation.",
                    "Join the two; names of parameters make no difference."
                );
                continue;
            }
            if (known is null)
            {
                RequireDeclared(upstream, id, written, path);
                known = new MergedOperation
                {
                    Upstream = upstream,
                    Method = method,
                    Template = template,
                    Shape = shape,
                };
                Add(known);
            }
            known.Options = written;
            known.Path = path;
            known.ParameterNames = RouteTemplate.Parameters(template);
        }
    }

    // A misspelt operation would silently protect nothing.
    private void RequireDeclared(UpstreamDraft upstream, string id, OperationOptions written, string path)
    {
        if (written.Undeclared || upstream.Contract is not { } contract)
        {
            return;
        }
        var ids = contract.Select(operation => $"{operation.Method} {operation.Template}").ToArray();
        report.Add(
            path,
            $"The contract of `{upstream.Name}` does not declare this operation.",
            (MessageText.Nearest(id, ids) is { } nearest ? $"Did you mean `{nearest}`? " : "")
                + "Set `undeclared: true` if the API serves it all the same."
        );
    }

    private void Add(MergedOperation operation)
    {
        // A contract that declares one shape twice is the contract's own error.
        if (_byShape.TryAdd((operation.Upstream, operation.Shape), operation))
        {
            _merged.Add(operation);
        }
    }
}
