using System.Text;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class HostileBodyTests
{
    private static readonly string[] Types =
    [
        "application/json",
        "application/x-ndjson",
        "text/csv",
        "application/xml",
        "text/html",
        "application/x-www-form-urlencoded",
        "",
    ];

    private readonly Answers _answers = new();

    [Fact]
    public void Survives_random_bytes_as_any_kind_of_body()
    {
        var random = new Random(11);
        for (var i = 0; i < 3_000; i++)
        {
            var body = new byte[random.Next(200)];
            random.NextBytes(body);
            _answers.Read(body, Types[i % Types.Length]);
        }
    }

    [Fact]
    public void Survives_mutated_records_as_any_kind_of_body()
    {
        var seeds = new[]
        {
            """{"customers":[{"id":1,"name":{"first":"Ann"},"email":"a@x.org","phones":["+14255550100"]},{"id":2,"ssn":"536-90-4399"}]}""",
            "<a x='1'><!-- c --><b>a@x.org</b><![CDATA[<z>]]></a>",
            "name,email\n\"Ann \"\"x\"\"\",a@x.org\n",
            "a=1&email=a%40x.org&%zz=%",
        };
        var random = new Random(12);
        for (var i = 0; i < 20_000; i++)
        {
            var body = Encoding.UTF8.GetBytes(seeds[i % seeds.Length]);
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                body[random.Next(body.Length)] = "{}[]\",:\\<>&=%'\n/!-a0@"u8[random.Next(21)];
            }
            var exchange = _answers.Read(body[..random.Next(1, body.Length + 1)], Types[i % Types.Length]);
            foreach (var value in exchange.Values.Span)
            {
                Assert.InRange(value.Range.Start + value.Range.Length, 1, exchange.ResponseBody.Length);
            }
        }
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{'a':1}")]
    [InlineData("[1,]")]
    public void Calls_broken_json_malformed(string body) => Assert.Equal(BodyKind.Malformed, _answers.Read(body).ResponseKind);

    [Fact]
    public void Calls_json_deeper_than_64_malformed() =>
        Assert.Equal(BodyKind.Malformed, _answers.Read(new string('[', 65) + new string(']', 65)).ResponseKind);

    [Fact]
    public void Calls_invalid_utf8_malformed() =>
        Assert.Equal(
            BodyKind.Malformed,
            _answers.Read([.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8], "application/json").ResponseKind
        );

    [Theory]
    [InlineData(UnmeasuredWord.Refuse, VerdictKind.Refuse)]
    [InlineData(UnmeasuredWord.Allow, VerdictKind.Observe)]
    public void Judges_what_it_cannot_read_by_the_word_of_the_policy(UnmeasuredWord word, VerdictKind expected)
    {
        var exchange = _answers.Read("{\"email\":", plan: plan => plan with { Unmeasured = word });
        Assert.Equal(expected, _answers.Judgement.Kind);
        Assert.Equal(expected == VerdictKind.Observe ? ReleaseKind.Unmeasured : ReleaseKind.Measured, exchange.Release);
    }

    [Fact]
    public void Refuses_what_it_cannot_read_where_personal_data_is_known()
    {
        _answers.Read("{\"email\":", plan: plan => plan with { DeclaredClasses = Answers.Classes("email") });
        Assert.Equal(VerdictKind.Refuse, _answers.Judgement.Kind);
    }

    [Theory]
    [InlineData("application/json; charset=utf-16", false)]
    [InlineData("text/html; charset=\"ISO-8859-1\"", false)]
    [InlineData("application/json; charset=UTF-8", true)]
    [InlineData("application/vnd.api+json", true)]
    [InlineData("image/png", false)]
    [InlineData("text/event-stream", false)]
    [InlineData(null, true)]
    public void Says_at_the_response_head_what_can_be_read(string? contentType, bool expected) =>
        Assert.Equal(expected, BodyKinds.CanRead(contentType));

    [Fact]
    public void Masks_a_password_hash_and_nothing_else()
    {
        var exchange = _answers.Read("""{"userId":1,"pw":"$2b$12$EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW"}""");
        Assert.Equal(VerdictKind.Mask, _answers.Judgement.Kind);
        Assert.Equal("""{"userId":1,"pw":"***"}""", Answers.Rewrite(exchange));
    }

    [Fact]
    public void Allocates_nothing_for_a_record_once_warm()
    {
        var exchange = _answers.Read(CustomerRecord.Json);
        Assert.Equal(1, exchange.Items.Count);
        Assert.Equal(0, Allocation.OfARound(() => _answers.Run(exchange)));
    }

    [Fact]
    public void A_page_of_thousands_takes_its_memory_from_what_pages_before_it_gave_back()
    {
        var page = Encoding.UTF8.GetBytes(
            $"[{string.Join(',', Enumerable.Range(0, 18_000).Select(number => $$"""{"customerId":"{{number}}","email":"u{{number}}@example.com"}"""))}]"
        );
        var exchange = _answers.Read(page, "application/json");
        Assert.Equal(18_000, exchange.Items.Count);

        var bytes = Allocation.OfARound(
            () =>
            {
                exchange.ResponseBody = page;
                _answers.Run(exchange);
                exchange.ForgetTapes();
                exchange.ForgetItems();
            },
            times: 1,
            warmUp: 3
        );

        Assert.InRange(bytes, 0, page.Length);
    }
}
