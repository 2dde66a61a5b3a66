using System.Buffers;
using System.Text;
using Portcullis.Core.Classification;
using Portcullis.Core.Contracts;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Contracts;

public sealed class UndeclaredFieldTests
{
    private const string Schema =
        """{"type": "object", "properties": {"id": {"type": "integer"}, "owner": {"type": "object", "properties": {"name": {"type": "string"}}}, "list": {"type": "array", "items": {"type": "object", "properties": {"a": {}}}}}}""";

    private static string Dropped(string body, out string verdict)
    {
        verdict = ContractText.JudgeAnswer(ContractText.WithBody(Schema), body, UndeclaredWord.Drop, out var exchange);
        exchange.ResponseKind = BodyKind.Json;
        var written = new ArrayBufferWriter<byte>();
        AnswerRewriter.Write(exchange, written);
        return Encoding.UTF8.GetString(written.WrittenSpan);
    }

    [Theory]
    [InlineData("""{"id":1,"secret":"s"}""", """{"id":1}""")]
    [InlineData("""{"secret":"s","id":1}""", """{"id":1}""")]
    [InlineData("""{"secret":{"a":[1,"}"]},"id":1,"more":[2]}""", """{"id":1}""")]
    [InlineData("""{"secret":"s"}""", "{}")]
    [InlineData("""{"id":1,"se\u0063ret" : "s\n"}""", """{"id":1}""")]
    [InlineData("""{ "id" : 1 , "secret" : "a\"b" }""", """{ "id" : 1  }""")]
    [InlineData(
        """{"owner":{"name":"n","hash":"h"},"list":[{"a":1,"b":2},{"b":3}]}""",
        """{"owner":{"name":"n"},"list":[{"a":1},{}]}"""
    )]
    public void Drops_what_the_contract_does_not_declare(string body, string expected)
    {
        Assert.Equal(expected, Dropped(body, out var verdict));
        Assert.StartsWith("Clip contract/undeclared-field", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_as_declared_passes_untouched()
    {
        const string Body = """{"id":1,"owner":{"name":"n"}}""";

        Assert.Equal(Body, Dropped(Body, out var verdict));
        Assert.Equal("Allow", verdict);
    }

    [Theory]
    [InlineData(UndeclaredWord.Drop, """{"id":"x","secret":"s"}""", "Refuse contract/response")]
    [InlineData(UndeclaredWord.Refuse, """{"id":1,"secret":"s"}""", "Refuse contract/undeclared-field")]
    [InlineData(UndeclaredWord.Observe, """{"id":1,"secret":"s"}""", "Observe contract/undeclared")]
    public void Refuses_where_it_must(UndeclaredWord word, string body, string expected) =>
        Assert.StartsWith(
            expected,
            ContractText.JudgeAnswer(ContractText.WithBody(Schema), body, word, out _),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(ContractWord.Enforce, UndeclaredWord.Observe, "application/json", 200, "Refuse")]
    [InlineData(ContractWord.Observe, UndeclaredWord.Drop, "application/json", 200, "Refuse")]
    [InlineData(ContractWord.Observe, UndeclaredWord.Refuse, "text/event-stream", 200, "Refuse")]
    [InlineData(ContractWord.Enforce, UndeclaredWord.Observe, "application/json", 204, "Refuse")]
    [InlineData(ContractWord.Enforce, UndeclaredWord.Observe, "image/png", 200, "Allow")]
    [InlineData(ContractWord.Enforce, UndeclaredWord.Observe, "application/json", 500, "Allow")]
    [InlineData(ContractWord.Observe, UndeclaredWord.Observe, "application/json", 200, "Allow")]
    public void Unread_answer_leaves_only_where_the_contract_asks_for_no_reading(
        ContractWord answers,
        UndeclaredWord fields,
        string type,
        int status,
        string expected
    )
    {
        var contract = ContractText.Paths(
            """
              /x:
                get:
                  responses:
                    '200':
                      description: ''
                      content: { application/json: { schema: { type: object } }, image/png: { schema: { type: string } } }
            """
        );
        var exchange = ContractText.Request(contract.Operations[0]);
        exchange.Plan = exchange.Plan! with { ResponseContract = answers, UndeclaredFields = fields };
        exchange.Status = status;
        exchange.ResponseHeaders = new HeaderList();
        ((HeaderList)exchange.ResponseHeaders).Add("Content-Type", type);
        exchange.Unreadable = UnreadableCause.OverCap;

        Assert.Equal(expected, new ReleaseGuard().Judge(exchange, Phase.ResponseHead).Kind.ToString());
    }
}
