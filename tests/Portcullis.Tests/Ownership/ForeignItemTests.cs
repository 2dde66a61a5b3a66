using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Identity.Keys;
using Portcullis.Tests.Policy;
using Xunit;

namespace Portcullis.Tests.Ownership;

/// <summary>Declared ownership of records, from the bytes of whole answers.</summary>
public sealed class ForeignItemTests
{
    private readonly PolicyBench _bench = new("operations:\n  GET /orders: { items: [item.ownerId == token.sub] }\n");
    private readonly (string, string) _key;

    public ForeignItemTests()
    {
        var keys = new ApiKeyStore(null, _bench.Keys, _bench.Time);
        _bench.State.Identity.ApiKeys = keys;
        _key = ("X-Api-Key", keys.Issue(new ApiKeyRequest { Name = "mine", Owner = "u1" }).Text);
    }

    private string Answer(string body)
    {
        _bench.Answer = body;
        var exchange = _bench.Exchange("GET", "/orders", "", _key);
        if (exchange.Verdict != VerdictKind.Clip)
        {
            return exchange.Verdict.ToString();
        }
        var written = new System.Buffers.ArrayBufferWriter<byte>();
        AnswerRewriter.Write(exchange, written);
        return System.Text.Encoding.UTF8.GetString(written.WrittenSpan);
    }

    [Theory]
    [InlineData("""[{"ownerId":"u1","total":5},{"ownerId":"u2","total":7}]""", """[{"ownerId":"u1","total":5}]""")]
    [InlineData("""{"data":[{"ownerId":"u2"},{"ownerId":"u1"}],"more":false}""", """{"data":[{"ownerId":"u1"}],"more":false}""")]
    [InlineData(
        """[{"ownerId":"u1","lines":[{"sku":"a"},{"sku":"b"}]},{"ownerId":"u2","lines":[]}]""",
        """[{"ownerId":"u1","lines":[{"sku":"a"},{"sku":"b"}]}]"""
    )]
    [InlineData("""[{"total":1},{"ownerId":"u1","total":5},{}]""", """[{"ownerId":"u1","total":5}]""")]
    [InlineData("""[{"ownerId":"u1","email":"a@x.org"},{"ownerId":"u2"}]""", """[{"ownerId":"u1","email":"a@x.org"}]""")]
    public void Cuts_records_of_others_also_without_a_word_about_people(string body, string expected) =>
        Assert.Equal(expected, Answer(body));

    [Theory]
    [InlineData("""{"ownerId":"u1","total":5}""", "Allow")]
    [InlineData("[]", "Allow")]
    [InlineData("""[{"total":5}]""", "Refuse")]
    [InlineData("""{"data":[{"total":5}]}""", "Refuse")]
    [InlineData("""{"ownerId":"u2","total":5}""", "Refuse")]
    [InlineData("""{"ownerId":null}""", "Refuse")]
    [InlineData("""{"total":5}""", "Refuse")]
    [InlineData("""{"ownerId":["u1"]}""", "Refuse")]
    [InlineData("""{"ownerId":{"id":"u1"}}""", "Refuse")]
    [InlineData("""{"ownerId":1}""", "Refuse")]
    [InlineData("""{"ownerId":"U1"}""", "Refuse")]
    [InlineData("""{"ownerId":"u1 "}""", "Refuse")]
    [InlineData("""{"ownerId":"\u0075\u0031"}""", "Allow")]
    [InlineData("""{"ownerId":"\uff551"}""", "Refuse")]
    [InlineData("""{"OwnerId":"u1"}""", "Refuse")]
    [InlineData("""{"ownerId":"u2","ownerId":"u1"}""", "Refuse")]
    public void What_is_not_shown_to_be_the_callers_stays_here(string body, string expected) =>
        Assert.Equal(expected, Answer(body));

    [Theory]
    [InlineData("image/png", "")]
    [InlineData("application/json; charset=utf-16", "")]
    [InlineData("text/event-stream", "")]
    [InlineData("application/json", "{\"ownerId\":")]
    public void What_cannot_be_read_stays_here_unless_policy_says_otherwise(string type, string body)
    {
        _bench.AnswerType = type;
        Assert.Equal("Refuse", Answer(body));
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/event-stream")]
    public void What_cannot_be_read_leaves_by_the_word_of_the_policy(string type)
    {
        var bench = new PolicyBench("operations:\n  GET /orders: { items: [item.ownerId == token.sub], unmeasured: allow }\n")
        {
            AnswerType = type,
        };
        Assert.Equal("Allow", bench.Send("GET", "/orders"));
    }
}
