using Portcullis.Core.Contracts.Checks;
using Portcullis.Core.Contracts.Schemas;

namespace Portcullis.Core.Contracts.Documents;

/// <summary>Compiles request bodies and answers, in the forms of 2.0 and of 3.x.</summary>
internal sealed class BodyCompiler(ContractTree tree, SchemaCompiler schemas, OpenApiVersion version, Place root)
{
    private static readonly string[] FormTypes = ["application/x-www-form-urlencoded", "multipart/form-data"];

    public RequestBody? ReadRequest(Place operation, List<CompiledParameter> parameters)
    {
        if (version == OpenApiVersion.V20)
        {
            return ReadOldRequest(operation, parameters);
        }
        if (operation.Find("requestBody") is not { } at || tree.Follow(at) is not { } body)
        {
            return null;
        }
        if (!body.IsObject)
        {
            tree.Report(at, "'requestBody' is no object.", "Write it with 'content'.");
            return null;
        }
        tree.CheckKeys(body, KnownKeys.Body);
        if (!body.Has("content"))
        {
            tree.Report(body, "The request body has no 'content'.", "Declare at least one media type.");
            return null;
        }
        return new RequestBody(ReadContent(body), tree.ReadFlag(body, "required"));
    }

    public ResponsePlan[] ReadResponses(Place operation)
    {
        var plans = new List<ResponsePlan>();
        foreach (var (key, at) in tree.ReadObject(operation, "responses")?.Members() ?? [])
        {
            if (key.StartsWith("x-", StringComparison.Ordinal))
            {
                continue;
            }
            if (StatusOf(key) is not { } status)
            {
                tree.Report(at, $"'{key}' is no HTTP status.", "Write a status such as 200, a range such as 2XX, or default.");
                continue;
            }
            if (tree.Follow(at) is not { } response)
            {
                continue;
            }
            if (!response.IsObject)
            {
                tree.Report(at, "An answer is no object.", "Write it with 'description' and 'content'.");
                continue;
            }
            tree.CheckKeys(response, KnownKeys.Response);
            plans.Add(
                new ResponsePlan(
                    status,
                    version == OpenApiVersion.V20 ? ReadOldResponse(operation, response) : ReadContent(response)
                )
            );
        }
        return [.. plans];
    }

    private static int? StatusOf(string key)
    {
        if (key == "default")
        {
            return 0;
        }
        if (key.Length != 3 || key[0] is < '1' or > '5')
        {
            return null;
        }
        return key[1..] is "XX" or "xx" ? key[0] - '0'
            : int.TryParse(key, System.Globalization.NumberStyles.None, null, out var status) ? status
            : null;
    }

    private BodyPlan[] ReadContent(Place holder)
    {
        var plans = new List<BodyPlan>();
        foreach (var (type, at) in tree.ReadObject(holder, "content")?.Members() ?? [])
        {
            var bare = BodyPlan.Bare(type).ToString().ToLowerInvariant();
            if (!bare.Contains('/'))
            {
                tree.Report(at, $"'{type}' is no media type.", "Write one such as application/json.");
                continue;
            }
            // From 3.2 on a media type may be a reference.
            var media = tree.Follow(at);
            tree.CheckKeys(media ?? at, KnownKeys.Media);
            plans.Add(new BodyPlan(bare, media?.Find("schema") is { } schema ? JsonSchema(bare, schema) : null));
        }
        return [.. plans];
    }

    /// <summary>Every schema is compiled, so that its errors are told; only JSON and forms are held to it.</summary>
    private SchemaNode? JsonSchema(string mediaType, Place schema)
    {
        var compiled = schemas.Compile(schema);
        return Holds(mediaType) ? compiled : null;
    }

    private RequestBody? ReadOldRequest(Place operation, List<CompiledParameter> parameters)
    {
        var types = MediaTypes(operation, "consumes");
        if (parameters.Find(p => p.In == "body") is { } body)
        {
            if (parameters.Find(p => p.In is "body" or "formData" && p != body) is { } second)
            {
                tree.Report(
                    second.Place,
                    "The request has a second body.",
                    "Declare one parameter 'in: body', and no 'formData' beside it."
                );
            }
            var schema = body.Place.Find("schema") is { } at ? schemas.Compile(at) : null;
            return new RequestBody([.. types.Select(type => Plan(type, schema))], tree.ReadFlag(body.Place, "required"));
        }
        if (!parameters.Exists(p => p.In == "formData"))
        {
            return null;
        }
        var forms = types.Intersect(FormTypes).ToArray();
        var isRequired = parameters.Exists(p => p.In == "formData" && p.Plan.IsRequired);
        var form = FormSchema(parameters);
        return new RequestBody([.. (forms.Length > 0 ? forms : FormTypes).Select(type => Plan(type, form))], isRequired);
    }

    // The form of 2.0 is a list of parameters, not a schema.
    private static SchemaNode FormSchema(List<CompiledParameter> parameters)
    {
        var members = new List<KeyValuePair<byte[], SchemaMember>>();
        foreach (var plan in parameters.Where(p => p.In == "formData").Select(p => p.Plan))
        {
            var member = new SchemaMember(plan.Name)
            {
                Schema = plan.AdmitsEmpty ? null : plan.Schema,
                IsRequired = plan.IsRequired,
            };
            members.Add(new(member.Utf8Name, member));
        }
        return new SchemaNode { Members = new Routing.Utf8Table<SchemaMember>(members) };
    }

    private BodyPlan[] ReadOldResponse(Place operation, Place response)
    {
        if (response.Find("schema") is not { } at)
        {
            return [];
        }
        var schema = schemas.Compile(at);
        return [.. MediaTypes(operation, "produces").Select(type => Plan(type, schema))];
    }

    private static BodyPlan Plan(string type, SchemaNode? schema) => new(type, Holds(type) ? schema : null);

    private static bool Holds(string mediaType) =>
        BodyPlan.IsJson(mediaType) || BodyPlan.IsForm(mediaType) || mediaType.EndsWith("/*", StringComparison.Ordinal);

    private string[] MediaTypes(Place operation, string name)
    {
        var holder = operation.Has(name) ? operation : root;
        var types = tree.ReadList(holder, name)
            .Select(at => BodyPlan.Bare(at.Text ?? "").ToString().ToLowerInvariant())
            .ToArray();
        return types.Length == 0 ? ["*/*"] : types;
    }
}
