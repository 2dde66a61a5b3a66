using System.Text;
using Portcullis.Core;
using Portcullis.Core.Contracts;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;

namespace Portcullis.Tests.Contracts;

public sealed class ContractGuardTests
{
    private const string Parameters = """
          /x/{id}:
            get:
              parameters:
                - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
                - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
                - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
                - {name: from, in: query, schema: {type: string, format: date}}
                - {name: name, in: query, schema: {type: string, pattern: '^[a-z]+$', minLength: 2, maxLength: 4}}
                - {name: ids, in: query, style: form, explode: false, schema: {type: array, maxItems: 2, items: {type: integer}}}
                - {name: tag, in: query, schema: {type: array, maxItems: 2, items: {type: string, maxLength: 3}}}
                - {name: on, in: query, schema: {type: boolean}}
                - {name: X-Tenant, in: header, required: true, schema: {type: string, maxLength: 3}}
                - {name: seen, in: cookie, schema: {type: integer}}
        """;

    private const string Id = "/x/3f2504e0-4f89-11d3-9a0c-0305e82c3301";

    private readonly DeclaredOperation _operation = ContractText.Paths(Parameters).Operations[0];

    [Theory]
    [InlineData(Id, "Allow")]
    [InlineData("/x/7", "Refuse contract/request: path parameter 'id': format")]
    [InlineData(Id + "?limit=100&sort=asc&from=2024-02-29&name=ann&ids=1,2&tag=a&tag=b&on=true", "Allow")]
    [InlineData(Id + "?limit=101", "Refuse contract/request: query parameter 'limit': maximum")]
    [InlineData(Id + "?limit=0", "Refuse contract/request: query parameter 'limit': minimum")]
    [InlineData(Id + "?limit=1.5", "Refuse contract/request: query parameter 'limit': type")]
    [InlineData(Id + "?limit=1e400", "Refuse contract/request: query parameter 'limit': range")]
    [InlineData(Id + "?limit=", "Refuse contract/request: query parameter 'limit': type")]
    [InlineData(Id + "?limit=5&limit=6", "Refuse contract/request: query parameter 'limit': repeated")]
    [InlineData(Id + "?x=1;limit=999&limit=6", "Refuse contract/request: query parameter 'limit': repeated")]
    [InlineData(Id + "?x=1;limit=999", "Refuse contract/request: query parameter 'limit': repeated")]
    [InlineData(Id + "?sort=up", "Refuse contract/request: query parameter 'sort': enum")]
    [InlineData(Id + "?from=2023-02-29", "Refuse contract/request: query parameter 'from': format")]
    [InlineData(Id + "?name=a", "Refuse contract/request: query parameter 'name': minLength")]
    [InlineData(Id + "?name=abcde", "Refuse contract/request: query parameter 'name': maxLength")]
    [InlineData(Id + "?name=a%27b", "Refuse contract/request: query parameter 'name': pattern")]
    [InlineData(Id + "?ids=1,2,3", "Refuse contract/request: query parameter 'ids': maxItems")]
    [InlineData(Id + "?ids=1,x", "Refuse contract/request: query parameter 'ids': type")]
    [InlineData(Id + "?tag=a&tag=b&tag=c", "Refuse contract/request: query parameter 'tag': maxItems")]
    [InlineData(Id + "?on=yes", "Refuse contract/request: query parameter 'on': type")]
    [InlineData(Id + "?debug=1", "Observe contract/undeclared: query parameter: undeclared")]
    public void Holds_parameters_to_the_contract(string target, string expected)
    {
        var exchange = ContractText.Request(_operation, target);
        ((HeaderList)exchange.RequestHeaders).Add("X-Tenant", "eu");

        Assert.Equal(expected, ContractText.Judge(exchange));
    }

    [Theory]
    [InlineData(null, null, "header parameter 'X-Tenant': required")]
    [InlineData("long", null, "header parameter 'X-Tenant': maxLength")]
    [InlineData("eu", "seen=x", "cookie parameter 'seen': type")]
    [InlineData("eu", "a=b; seen=1; seen=2", "cookie parameter 'seen': repeated")]
    public void Holds_headers_and_cookies_to_the_contract(string? tenant, string? cookie, string expected)
    {
        var exchange = ContractText.Request(_operation, Id);
        if (tenant is not null)
        {
            ((HeaderList)exchange.RequestHeaders).Add("x-tenant", tenant);
        }
        if (cookie is not null)
        {
            ((HeaderList)exchange.RequestHeaders).Add("Cookie", cookie);
        }

        Assert.Equal("Refuse contract/request: " + expected, ContractText.Judge(exchange));
    }

    [Fact]
    public void No_value_of_the_caller_stands_in_the_finding()
    {
        var operation = ContractText.WithBody("""{"type": "object", "additionalProperties": {"type": "integer"}}""");

        var finding = ContractText.Judge(ContractText.Request(operation, body: """{"ann@example.test": "secret-value"}"""));

        Assert.Equal("Refuse contract/request-body: request body /*: type", finding);
    }

    [Theory]
    [InlineData("text/xml", "Refuse contract/media-type: request body: media type")]
    [InlineData("application/json; charset=utf-8", "Allow")]
    public void Holds_the_media_type_to_the_contract(string type, string expected)
    {
        var exchange = ContractText.Request(ContractText.WithBody("{}"));
        ((HeaderList)exchange.RequestHeaders).Add("Content-Type", type);
        exchange.RequestBody = "{}"u8.ToArray();

        Assert.Equal(expected, ContractText.Judge(exchange));
    }

    [Fact]
    public void A_required_body_must_come() =>
        Assert.Equal(
            "Refuse contract/request-body: request body: required",
            ContractText.Judge(ContractText.Request(ContractText.WithBody("{}")))
        );

    [Theory]
    [InlineData("""{"id": 1, "name": "a"}""", "Allow")]
    [InlineData("""{"id": 1, "name": "a", "ssn": "x"}""", "Observe contract/undeclared: response body /ssn: undeclared")]
    [InlineData("""{"name": "a", "pin": "1"}""", "Refuse contract/response: response body /pin: writeOnly")]
    [InlineData("""{"id": "1"}""", "Refuse contract/response: response body /id: type")]
    [InlineData("<html>", "Refuse contract/response: response body: not JSON")]
    public void Holds_answers_to_the_contract(string body, string expected)
    {
        var operation = ContractText.WithBody(
            """{"type": "object", "properties": {"id": {"type": "integer", "readOnly": true}, "name": {"type": "string"}, "pin": {"type": "string", "writeOnly": true}}}"""
        );

        Assert.Equal(expected, ContractText.JudgeAnswer(operation, body));
    }

    [Fact]
    public void Members_that_only_answers_carry_are_refused_in_requests()
    {
        var operation = ContractText.WithBody(
            """{"type": "object", "required": ["id"], "properties": {"id": {"type": "integer", "readOnly": true}}}"""
        );

        Assert.Equal("Allow", ContractText.Judge(ContractText.Request(operation, body: "{}")));
        Assert.Equal(
            "Refuse contract/request-body: request body /id: readOnly",
            ContractText.Judge(ContractText.Request(operation, body: """{"id": 1}"""))
        );
    }

    [Theory]
    [InlineData("""{"amount": 1, "Amount": 101}""", "Refuse contract/request-body: request body /Amount: maximum")]
    [InlineData("""{"AMOUNT": 101, "amount": 1}""", "Refuse contract/request-body: request body /AMOUNT: maximum")]
    [InlineData("""{"amoun\u0054": "x"}""", "Refuse contract/request-body: request body /amounT: type")]
    [InlineData("""{"amount": 1, "Admin": true}""", "Refuse contract/request-body: request body /Admin: readOnly")]
    [InlineData("""{"Amount": 1}""", "Observe contract/undeclared: request body /Amount: undeclared")]
    [InlineData("""{"aMount2": 101, "x": {"A": 1, "a": 2}}""", "Observe contract/undeclared: request body /aMount2: undeclared")]
    public void A_member_in_another_case_must_be_what_the_declared_one_must_be(string body, string expected)
    {
        var operation = ContractText.WithBody(
            """{"type": "object", "properties": {"amount": {"type": "integer", "maximum": 100}, "admin": {"readOnly": true}, "x": {}}}"""
        );

        Assert.Equal(expected, ContractText.Judge(ContractText.Request(operation, body: body)));
    }

    [Theory]
    [InlineData(201, "Refuse contract/response: response: status")]
    [InlineData(404, "Observe contract/undeclared: response: status")]
    public void An_undeclared_success_is_another_matter_than_an_undeclared_error(int status, string expected) =>
        Assert.Equal(expected, ContractText.JudgeAnswer(ContractText.WithBody("{}"), "{}", status));

    [Fact]
    public void The_word_of_the_operation_decides()
    {
        var exchange = ContractText.Request(ContractText.WithBody("""{"type": "integer"}"""), body: "\"x\"");
        exchange.Plan = exchange.Plan! with { RequestContract = ContractWord.Observe };
        Assert.Equal(VerdictKind.Observe, new ContractGuard().Judge(exchange, Phase.RequestBody).Kind);

        exchange.Plan = exchange.Plan with { RequestContract = ContractWord.Off };
        Assert.Equal(VerdictKind.Allow, new ContractGuard().Judge(exchange, Phase.RequestBody).Kind);
    }

    [Fact]
    public void A_valid_request_and_answer_allocate_nothing()
    {
        var operation = ContractText.WithBody(
            """{"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "pattern": "^[a-z]+$", "maxLength": 9}, "tags": {"type": "array", "uniqueItems": true, "items": {"oneOf": [{"type": "integer"}, {"enum": ["a", "b"]}]}}}}"""
        );
        var exchange = ContractText.Request(
            operation,
            body: """{"name": "ann", "tags": [1, "a", 2.5e1, "b"], "x\u0041": "\u00e9"}"""
        );
        exchange.ResponseHeaders = exchange.RequestHeaders;
        exchange.ResponseBody = Encoding.UTF8.GetBytes("""{"name": "ann", "tags": [3]}""");
        var parameters = ContractText.Request(_operation, Id + "?limit=100&sort=asc&from=2024-02-29&name=ann&ids=1,2&tag=a");
        ((HeaderList)parameters.RequestHeaders).Add("X-Tenant", "eu");
        var guard = new ContractGuard();
        Judge(guard, exchange, parameters);
        exchange.ContractViolation = null;

        // The member that no schema names is a finding with a text; without it nothing is built.
        exchange.RequestBody = Encoding.UTF8.GetBytes("""{"name": "ann", "tags": [1, "a", 2.5e1, "\u0062"]}""");
        Judge(guard, exchange, parameters);

        Assert.Equal(0, Allocation.OfARound(() => Judge(guard, exchange, parameters)));
        Assert.Null(exchange.ContractViolation ?? parameters.ContractViolation);
    }

    private static void Judge(ContractGuard guard, Exchange exchange, Exchange parameters)
    {
        guard.Judge(exchange, Phase.RequestHead);
        guard.Judge(exchange, Phase.RequestBody);
        guard.Judge(exchange, Phase.ResponseBody);
        guard.Judge(parameters, Phase.RequestHead);
    }
}
