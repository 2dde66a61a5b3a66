using System.Text;
using Portcullis.Core.Contracts.Checks;
using Portcullis.Core.Contracts.Schemas;
using Portcullis.Core.Routing;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Compiles one operation: parameters, bodies, answers and what it says of credentials.</summary>
internal sealed class OperationCompiler
{
    private readonly ContractTree _tree;
    private readonly Place _root;
    private readonly ParameterCompiler _parameters;
    private readonly BodyCompiler _bodies;
    private readonly SecurityReader _security;
    private readonly Dictionary<string, Place> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> _ids = new(StringComparer.Ordinal);

    public OperationCompiler(ContractTree tree, SchemaCompiler schemas, OpenApiVersion version, Place root)
    {
        _tree = tree;
        _root = root;
        _parameters = new ParameterCompiler(tree, schemas, version);
        _bodies = new BodyCompiler(tree, schemas, version, root);
        _security = new SecurityReader(tree, root);
    }

    public OperationDraft? Compile(string method, string template, Place path, Place operation)
    {
        var names = RouteTemplate.ReadParameters(template, out var problem);
        if (names is null)
        {
            _tree.Report(
                operation,
                $"The path '{template}' cannot be matched: {problem}.",
                "Correct the path or the servers' base path."
            );
            return null;
        }
        _tree.CheckKeys(operation, KnownKeys.Operation);
        var parameters = _parameters.Read(path, operation);
        ReportStrayParameters(template, names, parameters, operation);
        var body = _bodies.ReadRequest(operation, parameters);
        var responses = _bodies.ReadResponses(operation);
        var query = Kind(parameters, "query");
        var plan = new ContractPlan
        {
            Path = [.. names.Select(name => parameters.Find(p => p.In == "path" && p.Plan.Name == name)?.Plan)],
            Query = query,
            QueryByName = new Utf8Table<ParameterPlan>([
                .. query.Select(p => new KeyValuePair<byte[], ParameterPlan>(Encoding.UTF8.GetBytes(p.Name), p)),
            ]),
            HasOpenQuery = parameters.Exists(p => p.Plan.Style == ParameterStyle.Opaque && p.In is "query" or "querystring"),
            Headers = Kind(parameters, "header"),
            Cookies = Kind(parameters, "cookie"),
            RequestBodies = body?.Plans,
            // A body of GET has no meaning (RFC 9110 section 9.3.1), whatever is declared.
            RequiresRequestBody = body?.IsRequired == true && method is not ("GET" or "HEAD"),
            Responses = responses,
            NeedsRequestBody = body?.Plans.Any(p => p.Schema is not null) == true,
        };
        var declared = new DeclaredOperation
        {
            Method = method,
            Template = template,
            Name = _tree.ReadText(operation, "operationId") ?? "",
            ParameterNames = names,
            Parameters = [.. parameters.Where(p => p.In is "path" or "query" or "header" or "cookie").Select(p => p.Declared)],
            Contract = plan,
            IsDeprecated = _tree.ReadFlag(operation, "deprecated"),
        };
        declared = _security.Read(declared, operation);
        declared = declared with { IsLoginLike = LoginWords.Fit(declared.Method, declared.Template, declared.Name) };
        return new OperationDraft(
            declared,
            Schemas(body?.Plans ?? []),
            Schemas([.. responses.Where(r => r.Status is 0 or 2 or (>= 200 and <= 299)).SelectMany(r => r.Bodies)])
        );
    }

    private static SchemaNode[] Schemas(BodyPlan[] plans) => [.. plans.Select(p => p.Schema).OfType<SchemaNode>().Distinct()];

    private ParameterPlan[] Kind(List<CompiledParameter> parameters, string kind)
    {
        var plans = new List<ParameterPlan>();
        foreach (var parameter in parameters)
        {
            if (parameter.In == kind)
            {
                plans.Add(parameter.At(plans.Count));
            }
        }
        if (plans.Count > ContractPlan.MaxQueryParameters)
        {
            _tree.Report(
                _root,
                $"An operation has {plans.Count} {kind} parameters; {ContractPlan.MaxQueryParameters} are the most.",
                "Split the operation."
            );
        }
        return [.. plans];
    }

    private void ReportStrayParameters(string template, string[] names, List<CompiledParameter> parameters, Place operation)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.In == "path" && Array.IndexOf(names, parameter.Plan.Name) < 0)
            {
                var nearest = MessageText.Nearest(parameter.Plan.Name, names);
                _tree.Report(
                    parameter.Place,
                    $"The path '{template}' has no '{{{parameter.Plan.Name}}}', so nothing is held to what is declared here.",
                    nearest is null ? "Correct its name, or the path." : $"Did you mean '{nearest}'?"
                );
            }
        }
        foreach (var name in names)
        {
            if (!parameters.Exists(p => p.In == "path" && p.Plan.Name == name))
            {
                _tree.Note(
                    operation,
                    $"The parameter '{name}' of the path '{template}' is not declared, so any text passes.",
                    "Declare it with a schema."
                );
            }
        }
    }

    /// <summary>Reports an operationId that an operation before has. One that two paths refer to stands once, so it is none.</summary>
    public void ReportSameId(Place operation)
    {
        if (
            operation.Find("operationId") is not { Text: { Length: > 0 } id } at
            || _ids.TryAdd(id, at)
            || _ids[id] is var first && first.Source == at.Source && first.Pointer == at.Pointer
        )
        {
            return;
        }
        var file = first.Source == at.Source ? "" : $" of {first.Source.File}";
        _tree.Report(
            at,
            $"The operationId '{MessageText.Shown(id)}' stands twice: also on line {ContractTree.LineOf(first)}{file}.",
            "Give each operation an id of its own."
        );
    }

    /// <summary>Reports an operation that no request can tell from one before it.</summary>
    public void ReportTwin(string method, string template, Place operation)
    {
        var shape = new StringBuilder(method).Append(' ');
        var depth = 0;
        foreach (var c in template)
        {
            depth += c == '{' ? 1 : 0;
            if (depth == 0 || c is '{' or '}')
            {
                shape.Append(c);
            }
            depth -= c == '}' ? 1 : 0;
        }
        if (!_shapes.TryAdd(shape.ToString(), operation))
        {
            _tree.Report(
                operation,
                $"{method} {template} has the same shape as an operation before it, so no request can be told apart.",
                "Remove one of the two, or give them different plain text."
            );
        }
    }
}
