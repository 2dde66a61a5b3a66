using System.Text;
using Portcullis.Core;
using Portcullis.Core.Contracts;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Contracts;

public sealed class ObjectParameterTests
{
    private const string Schema =
        "{type: object, required: [from], additionalProperties: false, properties: {from: {type: string, format: date}, size: {type: integer, maximum: 9}, tags: {type: array, maxItems: 2, items: {type: string, maxLength: 3}}}}";

    private static string Query(string parameter, string query) =>
        ContractText.Judge(ContractText.Request(Operation(parameter), "/x?" + query));

    private static DeclaredOperation Operation(string parameter, string path = "/x") =>
        ContractText.Paths($"  {path}:\n    get:\n      parameters:\n        - {parameter}\n").Operations[0];

    private static string Refused(string rule) => $"Refuse contract/request: query parameter 'filter': {rule}";

    [Theory]
    [InlineData("filter[from]=2026-01-02&filter[size]=9&filter[tags]=a&filter[tags]=b", null)]
    [InlineData("filter%5Bfrom%5D=2026-01-02", null)]
    [InlineData("", null)]
    [InlineData("filter[from]=yesterday", "member 'from': format")]
    [InlineData("filter[from]=2026-01-02&filter[size]=10", "member 'size': maximum")]
    [InlineData("filter[from]=2026-01-02&filter[size]=1&filter[size]=2", "member 'size': repeated")]
    [InlineData("filter[size]=1", "member 'from': required")]
    [InlineData("filter[from]=2026-01-02&filter[role]=admin", "additionalProperties")]
    [InlineData("filter[from]=2026-01-02&filter[from][$ne]=1", "additionalProperties")]
    [InlineData("filter[from]=2026-01-02&filter[tags]=long", "member 'tags': maxLength")]
    [InlineData("filter[from]=2026-01-02&filter[tags]=a&filter[tags]=b&filter[tags]=c", "member 'tags': maxItems")]
    public void Holds_deep_objects(string query, string? rule) =>
        Assert.Equal(
            rule is null ? "Allow" : Refused(rule),
            Query($"{{name: filter, in: query, style: deepObject, explode: true, schema: {Schema}}}", query)
        );

    [Theory]
    [InlineData("from=2026-01-02&size=3", "Allow")]
    [InlineData("from=2026-13-02", "Refuse contract/request: query parameter 'filter': member 'from': format")]
    [InlineData("size=3", "Refuse contract/request: query parameter 'filter': member 'from': required")]
    [InlineData("from=2026-01-02&debug=1", "Observe contract/undeclared: query parameter: undeclared")]
    public void Holds_members_that_stand_as_parameters_of_their_own(string query, string expected) =>
        Assert.Equal(expected, Query($"{{name: filter, in: query, schema: {Schema}}}", query));

    [Theory]
    [InlineData("filter[id]=7", null)]
    [InlineData("filter[name]=Ann", null)]
    [InlineData("filter[id]=x", "anyOf")]
    [InlineData("filter[id]=7&filter[name]=Ann", "anyOf")]
    [InlineData("filter[role]=admin", "anyOf")]
    public void Holds_objects_to_one_of_their_alternatives(string query, string? rule)
    {
        const string Alternatives =
            "{anyOf: [{type: object, required: [id], additionalProperties: false, properties: {id: {type: integer}}}, {type: object, required: [name], additionalProperties: false, properties: {name: {type: string}}}]}";

        Assert.Equal(
            rule is null ? "Allow" : Refused(rule),
            Query($"{{name: filter, in: query, style: deepObject, explode: true, schema: {Alternatives}}}", query)
        );
    }

    [Theory]
    [InlineData("filter=7", null)]
    [InlineData("filter=7&filter=8", null)]
    [InlineData("filter=all", null)]
    [InlineData("filter=some", "oneOf")]
    [InlineData("filter=7&filter=x", "oneOf")]
    [InlineData("", "required")]
    public void Holds_texts_to_one_of_their_alternatives_lists_among_them(string query, string? rule) =>
        Assert.Equal(
            rule is null ? "Allow" : Refused(rule),
            Query(
                "{name: filter, in: query, required: true, schema: {oneOf: [{type: array, items: {type: integer}}, {type: string, enum: [all]}]}}",
                query
            )
        );

    [Theory]
    [InlineData("form", "filter=from,2026-01-02,size,3", null)]
    [InlineData("form", "filter=from,2026-01-02,size,30", "member 'size': maximum")]
    [InlineData("form", "filter=from,2026-01-02,size", "style")]
    [InlineData("pipeDelimited", "filter=from%7C2026-01-02%7Csize%7C3", null)]
    [InlineData("pipeDelimited", "filter=from%7Cnever", "member 'from': format")]
    [InlineData("spaceDelimited", "filter=from%202026-01-02", null)]
    [InlineData("spaceDelimited", "filter=role%20admin", "additionalProperties")]
    public void Holds_objects_in_one_text(string style, string query, string? rule) =>
        Assert.Equal(
            rule is null ? "Allow" : Refused(rule),
            Query($"{{name: filter, in: query, style: {style}, explode: false, schema: {Schema}}}", query)
        );

    [Theory]
    [InlineData("simple", "true", "from=2026-01-02,size=3", true)]
    [InlineData("simple", "true", "from=2026-01-02,size=30", false)]
    [InlineData("simple", "false", "from,2026-01-02", true)]
    [InlineData("simple", "false", "size,3", false)]
    public void Holds_objects_in_a_path(string style, string explode, string text, bool fits)
    {
        var operation = Operation(
            $"{{name: filter, in: path, required: true, style: {style}, explode: {explode}, schema: {Schema}}}",
            "/x/{filter}"
        );

        Assert.Equal(fits, ContractText.Judge(ContractText.Request(operation, "/x/" + text)) == "Allow");
    }

    [Theory]
    [InlineData("label", "/x/.7", true)]
    [InlineData("label", "/x/7", false)]
    [InlineData("label", "/x/.70", false)]
    [InlineData("matrix", "/x/;id=7", true)]
    [InlineData("matrix", "/x/;di=7", false)]
    [InlineData("matrix", "/x/;id=70", false)]
    public void Holds_values_in_label_and_matrix_style(string style, string target, bool fits)
    {
        var operation = Operation(
            $"{{name: id, in: path, required: true, style: {style}, schema: {{type: integer, maximum: 9}}}}",
            "/x/{id}"
        );

        Assert.Equal(fits, ContractText.Judge(ContractText.Request(operation, target)) == "Allow");
    }

    [Theory]
    [InlineData("from=2026-01-02&size=3&tags=a&tags=b", "Allow")]
    [InlineData("from=2026%2D01%2D02", "Allow")]
    [InlineData("from=2026-01-02&size=30", "Refuse contract/request-body: request body member 'size': maximum")]
    [InlineData("size=3", "Refuse contract/request-body: request body member 'from': required")]
    [InlineData("from=2026-01-02&role=admin", "Refuse contract/request-body: request body additionalProperties")]
    [InlineData("from=2026-01-02&size=1&size=2", "Refuse contract/request-body: request body member 'size': repeated")]
    public void Holds_form_bodies(string body, string expected)
    {
        var operation = ContractText
            .Paths(
                $"  /x:\n    post:\n      requestBody: {{required: true, content: {{application/x-www-form-urlencoded: {{schema: {Schema}}}}}}}\n"
            )
            .Operations[0];

        Assert.Equal(expected, ContractText.Judge(Form(operation, body)));
    }

    [Fact]
    public void Holds_forms_of_old_contracts()
    {
        var contract = ContractText.Load(
            "swagger: '2.0'\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    post:\n      consumes: [application/x-www-form-urlencoded]\n      parameters:\n        - {name: age, in: formData, type: integer, maximum: 150, required: true}\n      responses: {200: {description: ok}}\n"
        );
        var operation = contract.Operations[0];

        Assert.Equal("Allow", ContractText.Judge(Form(operation, "age=40")));
        Assert.StartsWith("Refuse", ContractText.Judge(Form(operation, "age=400")), StringComparison.Ordinal);
        Assert.StartsWith("Refuse", ContractText.Judge(Form(operation, "name=x")), StringComparison.Ordinal);
        Assert.StartsWith("Observe", ContractText.Judge(Form(operation, "age=4&role=admin")), StringComparison.Ordinal);
    }

    [Fact]
    public void Form_with_too_many_members_is_refused()
    {
        var operation = ContractText
            .Paths(
                "  /x:\n    post:\n      requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}\n"
            )
            .Operations[0];
        var body = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"m{i}=1"));

        Assert.StartsWith("Refuse", ContractText.Judge(Form(operation, body)), StringComparison.Ordinal);
    }

    private static Exchange Form(DeclaredOperation operation, string body)
    {
        var exchange = ContractText.Request(operation, "/x", body: (string?)null);
        ((HeaderList)exchange.RequestHeaders).Add("Content-Type", "application/x-www-form-urlencoded");
        exchange.RequestBody = Encoding.UTF8.GetBytes(body);
        return exchange;
    }
}
