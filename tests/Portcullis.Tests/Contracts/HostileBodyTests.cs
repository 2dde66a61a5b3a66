using System.Diagnostics;
using System.Text;

namespace Portcullis.Tests.Contracts;

public sealed class HostileBodyTests
{
    [Theory]
    [InlineData("", "required")]
    [InlineData("{", "not JSON")]
    [InlineData("{}x", "not JSON")]
    [InlineData("[1,]", "not JSON")]
    [InlineData("{\"a\":1,}", "not JSON")]
    [InlineData("{'a':1}", "not JSON")]
    [InlineData("[01]", "not JSON")]
    [InlineData("[+1]", "not JSON")]
    [InlineData("[.5]", "not JSON")]
    [InlineData("[NaN]", "not JSON")]
    [InlineData("// c\n1", "not JSON")]
    [InlineData("\"\t\"", "not JSON")]
    [InlineData("\"\\x41\"", "not JSON")]
    [InlineData("\"\\u12\"", "not JSON")]
    [InlineData("\"\\", "not JSON")]
    [InlineData("\"\\u\\\"", "not JSON")]
    [InlineData("tru", "not JSON")]
    [InlineData("\"\\ud800\"", "lone surrogate")]
    [InlineData("\"\\udc00\\ud800\"", "lone surrogate")]
    [InlineData("{\"a\":1,\"a\":2}", "duplicate member")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "duplicate member")]
    [InlineData("[{\"b\":{\"a\":1,\"c\":2,\"a\":3}}]", "duplicate member")]
    [InlineData("1e400", "range")]
    [InlineData("[-1e99999999999999999999]", "range")]
    public void What_two_parsers_may_read_differently_is_refused(string body, string finding)
    {
        var operation = ContractText.WithBody(
            """{"anyOf": [{"type": ["object", "string", "number", "boolean"]}, {"items": {"not": {"type": "number", "const": 77}}}]}"""
        );

        var judged = ContractText.Judge(ContractText.Request(operation, body: body));

        Assert.StartsWith("Refuse", judged, StringComparison.Ordinal);
        if (finding != "range")
        {
            Assert.EndsWith(finding, judged, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var operation = ContractText.WithBody("true");

        var judged = ContractText.Judge(ContractText.Request(operation, "/x", [(byte)'"', 0xC3, 0x28, (byte)'"']));

        Assert.EndsWith("not UTF-8", judged, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(128, false)]
    [InlineData(129, true)]
    [InlineData(500_000, true)]
    public void Nesting_ends_at_128(int depth, bool refused)
    {
        var operation = ContractText.WithBody("true");
        var body = new string('[', depth) + new string(']', depth);

        Assert.Equal(
            refused,
            ContractText.Judge(ContractText.Request(operation, body: body)).StartsWith("Refuse", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Alternatives_inside_alternatives_cost_a_fixed_multiple_of_the_size()
    {
        // Each level tries two alternatives that both go down again: 2^100 steps without a limit.
        var operation = ContractText.WithBody(
            """{"$ref": "#/components/none"}""".Replace(
                """{"$ref": "#/components/none"}""",
                """{"anyOf": [{"items": {"$ref": "#/paths/~1x/post/requestBody/content/application~1json/schema"}, "minItems": 1, "not": {}}, {"items": {"$ref": "#/paths/~1x/post/requestBody/content/application~1json/schema"}, "minItems": 1, "not": {}}, {"type": "string"}]}""",
                StringComparison.Ordinal
            )
        );
        var body = new string('[', 100) + "1" + new string(']', 100);

        var watch = Stopwatch.StartNew();
        var judged = ContractText.Judge(ContractText.Request(operation, body: body));

        Assert.EndsWith("complexity", judged, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_pattern_that_explodes_elsewhere_takes_linear_time()
    {
        var operation = ContractText.WithBody("""{"type": "string", "pattern": "^(a+)+$"}""");
        var body = "\"" + new string('a', 200_000) + "!\"";

        var watch = Stopwatch.StartNew();
        var judged = ContractText.Judge(ContractText.Request(operation, body: body));

        Assert.EndsWith("pattern", judged, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), watch.Elapsed.ToString());
    }

    [Fact]
    public void A_hundred_thousand_members_are_told_apart_in_linear_time()
    {
        var operation = ContractText.WithBody("true");
        var body = new StringBuilder("{");
        for (var i = 0; i < 100_000; i++)
        {
            body.Append($"\"m{i}\":0,");
        }

        var watch = Stopwatch.StartNew();
        var different = ContractText.Judge(ContractText.Request(operation, body: body + "\"last\":0}"));
        var same = ContractText.Judge(ContractText.Request(operation, body: body + "\"m5\":0}"));

        Assert.Equal("Allow", different);
        Assert.EndsWith("duplicate member", same, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), watch.Elapsed.ToString());
    }

    [Fact]
    public void Any_cut_or_changed_byte_is_answered_and_never_thrown()
    {
        var operation = ContractText.WithBody(
            """{"type": "object", "properties": {"a": {"type": "array", "items": {"type": "string", "format": "date-time"}}}}"""
        );
        var body = Encoding.UTF8.GetBytes(
            """{"a": ["2024-01-01T00:00:00Z", "\u00e9\ud83d\ude00", "x"], "b": {"c": [1.5e-3, true, null]}}"""
        );

        for (var i = 0; i < body.Length; i++)
        {
            Assert.NotEmpty(ContractText.Judge(ContractText.Request(operation, "/x", body[..i])));
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = body.ToArray();
                changed[i] ^= (byte)(1 << bit);
                Assert.NotEmpty(ContractText.Judge(ContractText.Request(operation, "/x", changed)));
            }
        }
    }

    [Fact]
    public void Steps_that_run_out_among_unique_items_end_in_a_refusal()
    {
        var unique = string.Join(", ", Enumerable.Repeat("""{"uniqueItems": true}""", 80));
        var operation = ContractText.WithBody($$"""{"allOf": [{{unique}}]}""");
        var body = $"[{string.Join(',', Enumerable.Range(0, 700))}]";

        var judged = ContractText.Judge(ContractText.Request(operation, body: body));

        Assert.EndsWith("complexity", judged, StringComparison.Ordinal);
    }
}
