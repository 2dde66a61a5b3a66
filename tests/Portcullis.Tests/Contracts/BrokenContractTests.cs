using Portcullis.Core.Contracts;

namespace Portcullis.Tests.Contracts;

public sealed class BrokenContractTests
{
    private const string Head = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";
    private const string Get = Head + "paths:\n  /x/{id}:\n    get:\n";

    [Theory]
    [InlineData("", null, "empty")]
    [InlineData("{\"openapi\": \"3.0.0\",\n \"paths\": }", 2, "not valid JSON")]
    [InlineData("openapi: 3.0.0\npaths:\n  - a\n b: c\n", 4, "not valid YAML")]
    [InlineData("{\"openapi\": \"3.0.0\", \"paths\": {}", 1, "not valid JSON from column 33 on")]
    [InlineData(
        "swagger: '2.0'\npaths:\n  /x:\n    post:\n      parameters:\n        - {name: a, in: body}\n        - {name: b, in: body}\n",
        7,
        "a second body"
    )]
    [InlineData(
        "swagger: '2.0'\npaths:\n  /x:\n    post:\n      parameters:\n        - {name: a, in: body}\n        - {name: b, in: formData, type: string}\n",
        7,
        "a second body"
    )]
    [InlineData("- a\n- b\n", 1, "no object")]
    [InlineData("info: {}\n", 1, "neither 'openapi' nor 'swagger'")]
    [InlineData("openapi: 4.0.0\npaths: {}\n", 1, "version '4.0.0' is not known")]
    [InlineData("swagger: '1.2'\npaths: {}\n", 1, "version '1.2' is not known")]
    [InlineData("openapi: 3.1.0\nwebhooks: {}\n", 1, "webhooks only")]
    [InlineData(Head, 1, "no paths")]
    [InlineData(Head + "paths: [a]\n", 3, "'paths' is not an object")]
    [InlineData(Head + "paths:\n  /x: {}\n", 3, "declare no operations")]
    [InlineData(Head + "paths:\n  /x: {}\n  /x: {}\n", 5, "key '/x' stands twice")]
    [InlineData(Head + "paths:\n  /x/{id:\n    get: {}\n", 4, "never closed")]
    [InlineData(Head + "paths:\n  /{a}{b}:\n    get: {}\n", 4, "touch")]
    [InlineData(Head + "paths:\n  /x:\n    GET: {}\n", 5, "'GET' is no member of a path")]
    [InlineData(Head + "paths:\n  /x:\n    gett: {}\n", 5, "'gett' is no member of a path")]
    [InlineData(Head + "paths:\n  /x:\n    fetch:\n      responses: {}\n", 5, "'fetch' is no member of a path")]
    [InlineData(Head + "paths:\n  /x:\n    FETCH: {}\n", 5, "'FETCH' is no member of a path")]
    [InlineData(Head + "paths:\n  /x:\n    additionalOperations:\n      FETCH: {}\n", 6, "'FETCH' is no method")]
    [InlineData("compnents: {}\n" + Head + "paths: {/x: {get: {}}}\n", 1, "'compnents' is no key")]
    [InlineData(Head + "paths: {/x: {get: {}}}\ncomponents: {schema: {A: {}}}\n", 4, "'schema' is no key")]
    [InlineData(Get + "      secuirty: [{a: []}]\n", 6, "'secuirty' is no key")]
    [InlineData(Get + "      security:\n", 6, "'security' holds nothing")]
    [InlineData(Get + "      requestbody: {content: {}}\n", 6, "'requestbody' is no key")]
    [InlineData(Get + "      requestBody: {contents: {}, content: {}, requird: true}\n", 6, "'requird' is no key")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query, shema: {}}\n", 7, "'shema' is no key")]
    [InlineData(Get + "      parameters:\n        - {$ref: 5}\n", 7, "'$ref' is not text")]
    [InlineData(Get + "      responses: {'200': {contnt: {}}}\n", 6, "'contnt' is no key")]
    [InlineData(Get + "      responses: {'200': {content: {application/json: {shcema: {}}}}}\n", 6, "'shcema' is no key")]
    [InlineData(
        Get + "      responses: {'200': {content: {application/json: {schema: {propertes: {}}}}}}\n",
        6,
        "'propertes' is no key"
    )]
    [InlineData(Get + "---\nopenapi: 3.0.0\n", 6, "A second document")]
    [InlineData(Head + "paths:\n  /x:\n    get:\n", 5, "operation 'GET' is no object")]
    [InlineData(Head + "paths:\n  /x:\n", 4, "A path is no object")]
    [InlineData(Get + "      parameters:\n        - {name: id, in: query}\n        -\n", 8, "A parameter is no object")]
    [InlineData(
        Get + "      parameters:\n        - {name: id, in: query}\n        - {name: idd, in: path, required: true}\n",
        8,
        "The path '/x/{id}' has no '{idd}'"
    )]
    [InlineData(
        Head + "x-p: &p\n  - name: q\n    in: heder\npaths:\n  /x:\n    get: {parameters: *p}\n",
        4,
        "cannot stand in 'heder'"
    )]
    [InlineData("{\"openapi\": \"3.0.0\", \"paths\": {\n\"/x\": {\n\"get\": null}}}", 3, "operation 'GET' is no object")]
    [InlineData(Head + "paths:\n  x/y:\n    get: {}\n", 4, "does not begin with a slash")]
    [InlineData(Head + "paths:\n\t/x: {}\n", 4, "tab as indentation")]
    [InlineData(Head + "paths:\n  /x:\n    get: 7\n", 5, "operation 'GET' is no object")]
    [InlineData(Head + "paths:\n  /x/{a}:\n    get: {}\n  /x/{b}:\n    get: {}\n", 7, "same shape")]
    [InlineData(
        Head
            + "paths:\n  /x:\n    get: {operationId: read}\n  /y:\n    get: {operationId: other}\n    put: {operationId: read}\n",
        8,
        "The operationId 'read' stands twice: also on line 5."
    )]
    [InlineData(Get + "      parameters: {name: a}\n", 6, "'parameters' is not a list")]
    [InlineData(Get + "      parameters:\n        - in: query\n", 7, "no 'name'")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: heder}\n", 7, "cannot stand in 'heder'")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query}\n        - {name: q, in: query}\n", 8, "declared twice")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query, required: 'yes'}\n", 7, "neither true nor false")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query, schema: {type: strnig}}\n", 7, "no type 'strnig'")]
    [InlineData(
        Get + "      parameters:\n        - {name: q, in: query, schema: {type: string, minLength: -1}}\n",
        7,
        "whole number"
    )]
    [InlineData(
        Get + "      parameters:\n        - {name: q, in: query, schema: {minimum: '5'}}\n",
        7,
        "'minimum' is not a number"
    )]
    [InlineData(
        Get + "      parameters:\n        - {name: q, in: query, schema: {minimum: 5, maximum: 1}}\n",
        7,
        "above its maximum"
    )]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query, schema: {pattern: '[a'}}\n", 7, "no regular expression")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query, schema: {enum: []}}\n", 7, "lists no value")]
    [InlineData(Get + "      parameters:\n        - {name: q, in: query, schema: 5}\n", 7, "neither an object nor true or false")]
    [InlineData(Get + "      parameters:\n        - {$ref: '#/components/parameters/none'}\n", 7, "points to nothing")]
    [InlineData(Get + "      parameters:\n        - {$ref: 'https://example.test/p.yaml'}\n", 7, "never fetched")]
    [InlineData(Get + "      parameters:\n        - {$ref: '../../../etc/passwd'}\n", 7, "outside the contract's folder")]
    [InlineData(Get + "      parameters:\n        - {$ref: 'other.yaml#/p'}\n", 7, "no such file")]
    [InlineData(Get + "      responses:\n        20x0: {description: a}\n", 7, "no HTTP status")]
    [InlineData(Get + "      requestBody: {required: true}\n", 6, "no 'content'")]
    [InlineData(Get + "      requestBody: {content: {json: {}}}\n", 6, "no media type")]
    [InlineData(Get + "      security: [{oauth: []}]\n", 6, "scheme 'oauth' is not declared")]
    [InlineData(
        Get
            + "      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\n"
            + "components:\n  schemas:\n    A: {allOf: [{$ref: '#/components/schemas/A'}]}\n",
        9,
        "defined by itself"
    )]
    [InlineData(
        Get
            + "      parameters:\n        - {$ref: '#/components/parameters/a'}\n"
            + "components:\n  parameters:\n    a: {$ref: '#/components/parameters/b'}\n    b: {$ref: '#/components/parameters/a'}\n",
        7,
        "in a circle"
    )]
    public void A_broken_contract_is_refused_with_line_and_reason(string text, int? line, string problem)
    {
        var contract = ContractText.Load(text);

        var error = Assert.Single(contract.Errors, e => e.Problem.Contains(problem, StringComparison.Ordinal));
        Assert.Equal(line, error.Line);
        Assert.EndsWith("api.yaml", error.File, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
        Assert.False(contract.IsUsable);
    }

    [Fact]
    public void An_operation_that_two_paths_refer_to_or_two_servers_have_has_its_id_once()
    {
        var contract = ContractText.Load(
            Head
                + "servers: [{url: /v1}, {url: /v2}]\nx-items:\n  One: {get: {operationId: read}}\n"
                + "paths:\n  /x: {$ref: '#/x-items/One'}\n  /y: {$ref: '#/x-items/One'}\n"
        );

        Assert.Empty(contract.Errors);
        Assert.Equal(4, contract.Operations.Count);
    }

    [Fact]
    public void All_errors_come_at_once()
    {
        var contract = ContractText.Load(
            Get + "      parameters: [{name: q, in: query, schema: {type: strnig}}]\n      responses: {'20': {description: a}}\n"
        );

        Assert.Equal(2, contract.Errors.Count);
        Assert.Contains(
            "/paths/~1x~1{id}/get/parameters/0/schema/type",
            contract.Errors[1].Pointer + contract.Errors[0].Pointer,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_missing_file_is_an_error_and_no_exception()
    {
        var contract = ContractDocument.Load("/nowhere/api.yaml");

        Assert.Contains("no such file", Assert.Single(contract.Errors).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000, '[')]
    [InlineData(100_000, '{')]
    public void Deep_nesting_ends_in_an_error(int depth, char bracket)
    {
        var text = bracket == '[' ? new string('[', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth));

        Assert.NotEmpty(ContractText.Load(text).Errors);
        Assert.NotEmpty(ContractText.Load("a: " + text).Errors);
    }

    [Fact]
    public void Aliases_that_multiply_end_in_an_error()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (var i = 1; i < 12; i++)
        {
            text += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        }

        Assert.Contains("aliases", Assert.Single(ContractText.Load(text).Errors).Problem, StringComparison.Ordinal);
    }

    [Theory]
    // Of a size that was read before, seconds long.
    [InlineData(4, "repeat more than 100,000 values")]
    // Deep instead of wide: few values, each far down.
    [InlineData(0, "nests deeper than 200 levels")]
    public void Aliases_are_bounded_in_what_they_repeat_and_how_deep(int levels, string problem)
    {
        var text = "x0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (var i = 1; i <= (levels == 0 ? 20 : levels); i++)
        {
            text +=
                levels == 0
                    ? $"x{i}: &a{i} {new string('[', 20)}*a{i - 1}{new string(']', 20)}\n"
                    : $"x{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        }

        var error = Assert.Single(ContractText.Load(text + Head + "paths: {/x: {get: {}}}\n").Errors);

        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotNull(error.Line);
    }

    [Fact]
    public void A_merge_key_gives_what_the_mapping_does_not_say_itself()
    {
        var contract = ContractText.Load(
            Head
                + "x-a: &a {name: q, in: query, required: true}\nx-b: &b {schema: {type: integer}, in: header}\n"
                + "paths:\n  /x:\n    get:\n      parameters:\n        - {<<: [*a, *b], required: false}\n"
        );

        Assert.Empty(contract.Errors);
        Assert.Equal("Allow", ContractText.Judge(ContractText.Request(contract.Operations[0], "/x?q=1")));
        Assert.Equal("Allow", ContractText.Judge(ContractText.Request(contract.Operations[0], "/x")));
        Assert.StartsWith(
            "Refuse",
            ContractText.Judge(ContractText.Request(contract.Operations[0], "/x?q=a")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_path_parameter_that_nobody_declares_is_noted_with_its_line()
    {
        var note = Assert.Single(
            ContractText.Load(Get + "      responses: {'200': {description: a}}\n").Notes,
            note => note.Problem.Contains("'id'")
        );

        Assert.Equal(5, note.Line);
        Assert.Contains("not declared", note.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_without_a_key_of_their_own_are_declared_under_additionalOperations()
    {
        var contract = ContractText.Paths("  /x:\n    additionalOperations:\n      LINK: {}\n");

        Assert.Equal("LINK", Assert.Single(contract.Operations).Method);
    }

    [Fact]
    public void Circular_schemas_are_fine_when_values_end()
    {
        var operation = ContractText.WithBody(
            """{"type": "object", "properties": {"child": {"$ref": "#/paths/~1x/post/requestBody/content/application~1json/schema"}, "n": {"type": "integer"}}}"""
        );

        Assert.Equal("Allow", ContractText.Judge(ContractText.Request(operation, body: """{"child": {"child": {"n": 1}}}""")));
        Assert.StartsWith(
            "Refuse",
            ContractText.Judge(ContractText.Request(operation, body: """{"child": {"child": {"n": "x"}}}""")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_pattern_that_needs_backtracking_is_noted_and_not_run()
    {
        var contract = ContractText.Load(
            Get + "      parameters: [{name: q, in: query, schema: {type: string, pattern: '^(?=a)b$'}}]\n"
        );

        Assert.True(contract.IsUsable);
        Assert.Contains(contract.Notes, note => note.Problem.Contains("backtracking", StringComparison.Ordinal));
    }
}
