using System.Text;
using Portcullis.Core;
using Portcullis.Core.Contracts;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Contracts;

/// <summary>Request bodies of which no header tells what they are, under a contract that takes any media type.</summary>
public sealed class UntoldBodyTests
{
    private const string Sum = "{type: object, properties: {amount: {type: integer, maximum: 100}}}";

    private static DeclaredOperation Taking(string schema) =>
        ContractText
            .Paths(
                $$"""
                  /x:
                    post:
                      requestBody: { content: { '*/*': { schema: {{schema}} } } }
                      responses: { '200': { description: '' } }
                """
            )
            .Operations[0];

    private static string Judge(DeclaredOperation operation, string? type, string body)
    {
        var exchange = ContractText.Request(operation);
        exchange.RequestBody = Encoding.UTF8.GetBytes(body);
        if (type is not null)
        {
            ((HeaderList)exchange.RequestHeaders).Add("Content-Type", type);
        }
        new CanonicalFormGuard().Read(exchange, Phase.RequestBody);
        var verdict = ContractText.Judge(exchange);
        exchange.ForgetTapes();
        return verdict;
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/octet-stream")]
    [InlineData("application/json")]
    [InlineData("application/x-json")]
    public void Body_that_reads_as_JSON_is_held_to_the_schema_of_any_type(string? type)
    {
        const string Broken = "Refuse contract/request-body: request body /amount: maximum";

        Assert.Equal("Allow", Judge(Taking(Sum), type, """{"amount":100}"""));
        Assert.Equal(Broken, Judge(Taking(Sum), type, """{"amount":101}"""));
    }

    [Theory]
    [InlineData("\uFEFF{\"amount\":101}", "Refuse contract/request-body: request body /amount: maximum")]
    [InlineData("{amount:101}", "Refuse contract/request: request body: not JSON")]
    [InlineData("""[{"amount":1}]""", "Refuse contract/request-body: request body /: type")]
    [InlineData("<sum><amount>101</amount></sum>", "Allow")]
    [InlineData("amount 101", "Allow")]
    public void What_only_looks_like_JSON_passes_nowhere_that_text_would_not_fit(string body, string expected) =>
        Assert.Equal(expected, Judge(Taking(Sum), "text/plain", body));

    [Theory]
    [InlineData("{type: string, maxLength: 3}", """{"any":"file or message"}""")]
    [InlineData("{}", "{not JSON}")]
    public void Text_stays_text_where_the_contract_takes_it(string schema, string body) =>
        Assert.Equal("Allow", Judge(Taking(schema), "text/plain", body));

    [Fact]
    public void Required_body_must_come_also_where_nothing_is_said_of_it()
    {
        var operation = ContractText
            .Paths(
                """
                  /x:
                    post:
                      requestBody: { required: true, content: { 'image/png': {} } }
                      responses: { '200': { description: '' } }
                """
            )
            .Operations[0];
        var exchange = ContractText.Request(operation);
        Assert.Equal("Allow", ContractText.Judge(HoldingNothing(exchange)));

        exchange.LacksRequestBody = true;

        Assert.Equal("Refuse contract/request-body: request body: required", ContractText.Judge(exchange));
    }

    // The body goes through unread.
    private static Exchange HoldingNothing(Exchange exchange)
    {
        exchange.RequestBody = new byte[1];
        return exchange;
    }
}
