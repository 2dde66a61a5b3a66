using System.Text;
using Portcullis.Core.Classification;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Classification;

/// <summary>Personal data that stands where a plain walk over fields does not look.</summary>
public sealed class HiddenDataTests
{
    private const string Two = """{"customers":[{"id":1,"email":"ann@x.org"},{"id":2,"email":"bob@x.org"}]}""";

    private const string Latin =
        """{"customers":[{"city":"Köln","phone":"+14255550123"},{"city":"Köln","phone":"+14255550124"}]}""";
    private const string Broken = """{"customers":[{"phone":"+14255550123"},{"phone":"+14255550124"},{"pho""";

    private readonly Answers _answers = new();

    public static TheoryData<string, string> Wrapped =>
        new()
        {
            { "application/json", $"{{\"payload\":{Quoted(Two)}}}" },
            { "application/json", $"{{\"payload\":{Quoted($"{{\"deeper\":{Quoted(Two)}}}")}}}" },
            { "application/json", $"{{\"payload\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(Two))}\"}}" },
            { "application/json", $"{{\"payload\":\"{Convert.ToBase64String(Encoding.Latin1.GetBytes(Latin))}\"}}" },
            { "application/json", $"{{\"payload\":{Quoted(Broken)}}}" },
            { "application/json", Quoted(Two) },
            { "application/javascript", $"callback({Two});" },
            { "text/javascript", $"/**/ window.app.cb( {Two} )" },
            { "application/json", $"for(;;);{Two}" },
            { "application/json", $"while(1);{Two}" },
            { "application/json", $")]}}',\n{Two}" },
            { "text/html", Two },
            { "application/octet-stream", Two },
            { "application/json; charset=iso-8859-1", Two },
            { "text/csv", $"id,payload\n7,\"{Two.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n" },
            { "application/json", """{"ann@x.org":{"balance":1},"bob@x.org":{"balance":2}}""" },
            { "application/json", """{"ann@x.org":1,"bob@x.org":2}""" },
            { "application/json", """{"note":"Please call ann@x.org, or <bob@x.org>."}""" },
            { "text/csv", "\uFEFFemail,city\nann@x.org,Bonn\nbob@x.org,Ulm\n" },
            { "text/csv", "sep=;\nbirthDate;email\n1990-01-02;ann@x.org\n1990-01-02;bob@x.org\n" },
            { "text/csv", "email|city\nann@x.org|Bonn\nbob@x.org|Ulm\n" },
            { "application/xml", "<list><c><!-- ann@x.org --></c><c><!-- bob@x.org --></c></list>" },
            { "application/xml", "<n:list xmlns:n='u'><n:c n:email='ann@x.org'/><n:c n:email='bob@x.org'/></n:list>" },
            { "application/xml", "<list><c><email><![CDATA[ann@x.org]]></email></c><c><email>bob&#64;x.org</email></c></list>" },
        };

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void Both_people_are_found(string contentType, string body)
    {
        var exchange = _answers.Read(body, contentType);

        Assert.Equal(2, exchange.Items.Count);
        Assert.Equal(2, exchange.Items.Span.ToArray().Select(item => item.Subject).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Wrapped))]
    public void Neither_is_left_when_everything_is_masked(string contentType, string body)
    {
        var exchange = _answers.Read(body, contentType);
        foreach (ref var item in exchange.Items.Span)
        {
            item.Outcome = ItemOutcome.Masked;
        }

        var rewritten = Answers.Rewrite(exchange);

        Assert.DoesNotContain("x.org", rewritten);
        Assert.DoesNotContain("64;x", rewritten);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Two)), rewritten);
    }

    [Theory]
    [InlineData("application/json", """[{"email":"ann@x.org","v":NaN}]""")]
    [InlineData("application/json", """[{"email":"ann@x.org","v":Infinity}]""")]
    [InlineData("application/json", """{"email":"ann@x.org" """)]
    [InlineData("application/xml", "<a><email>ann@x.org</email>")]
    [InlineData("application/xml", "<!DOCTYPE a [<!ENTITY x \"ann@x.org\">]><a>&x;</a>")]
    public void Broken_answer_in_which_somebody_is_seen_is_refused(string contentType, string body)
    {
        _answers.Read(body, contentType);

        Assert.Equal(VerdictKind.Refuse, _answers.Judgement.Kind);
    }

    [Fact]
    public void Answer_nested_ten_thousand_deep_in_which_somebody_is_seen_is_refused()
    {
        _answers.Read(new string('[', 10_000) + "\"ann@x.org\"" + new string(']', 10_000));

        Assert.Equal(VerdictKind.Refuse, _answers.Judgement.Kind);
    }

    [Theory]
    [InlineData("text/plain", false)]
    [InlineData("text/plain", true)]
    [InlineData("", false)]
    [InlineData("application/json", false)]
    public void Text_of_another_width_is_not_taken_for_empty(string contentType, bool isBig)
    {
        var encoding = isBig ? Encoding.BigEndianUnicode : Encoding.Unicode;

        var exchange = _answers.Read(encoding.GetBytes("{\"email\":\"ann@x.org\"}"), contentType);

        Assert.Equal(BodyKind.Malformed, exchange.ResponseKind);
    }

    [Fact]
    public void Bytes_that_are_no_text_stay_unreadable()
    {
        var exchange = _answers.Read([0x1F, 0x8B, 0, 1, 2, 3], "application/octet-stream");

        Assert.Equal(BodyKind.Opaque, exchange.ResponseKind);
        Assert.Equal(ReleaseKind.Unmeasured, exchange.Release);
    }

    [Fact]
    public void Elements_of_one_name_are_people_of_their_own_and_can_be_cut()
    {
        var exchange = _answers.Read(
            "<customers><customer><id>1</id><birthDate>1990-01-02</birthDate></customer>\n<customer><id>2</id><birthDate>1990-01-02</birthDate></customer><customer><id>3</id><birthDate>1991-01-02</birthDate></customer></customers>",
            "application/xml"
        );
        Assert.Equal(3, exchange.Items.Count);
        exchange.Items[1].Outcome = ItemOutcome.Dropped;

        Assert.True(AnswerRewriter.CanCut(exchange));
        Assert.Equal(
            "<customers><customer><id>1</id><birthDate>1990-01-02</birthDate></customer>\n<customer><id>3</id><birthDate>1991-01-02</birthDate></customer></customers>",
            Answers.Rewrite(exchange)
        );
    }

    [Fact]
    public void Form_can_be_masked_and_not_cut()
    {
        var exchange = _answers.Read("id=1&email=ann%40x.org&ok=1", "application/x-www-form-urlencoded");
        exchange.Items[0].Outcome = ItemOutcome.Dropped;

        Assert.False(AnswerRewriter.CanCut(exchange));
        Assert.Equal("id=1&email=***&ok=1", Answers.Rewrite(exchange));
    }

    [Theory]
    [InlineData("X-Contact", "ann@x.org")]
    [InlineData("Set-Cookie", "user=ann%40x.org; Path=/")]
    [InlineData("Link", "<https://x/u/ann@x.org/photo>; rel=\"next\"")]
    [InlineData("Location", "/reset?mail=ann%40x.org&x=1")]
    [InlineData("X-Phone", "+14255550100")]
    [InlineData("X-Whatever", "{\"mail\":\"ann@x.org\"}")]
    [InlineData("Customer-Phone", "+14255550100")]
    [InlineData("customer-name", "Ann Smith")]
    [InlineData("X-User", "{\"phone\":\"+14255550100\"}")]
    [InlineData("Whatever", "[{\"phone\":\"+14255550100\"}]")]
    [InlineData("X-Whatever", "%7B%22phone%22%3A%22%2B14255550100%22%7D")]
    [InlineData("Whatever", "+1 425-555-0100")]
    [InlineData("X-Whatever", "for=+14255550100; by=7")]
    [InlineData("Link", "<tel:+14255550100>; rel=\"help\"")]
    [InlineData("Location", "/verify?to=%2B14255550100&x=1")]
    public void Person_in_a_header_is_found(string name, string value)
    {
        var exchange = _answers.ReadWithHeader(name, value);

        Assert.Single(exchange.Items.Span.ToArray());
        Assert.Equal(name, Assert.Single(exchange.PersonalHeaders.Span.ToArray()).Name);
    }

    [Theory]
    [InlineData("Server", "nginx")]
    [InlineData("Set-Cookie", "sid=4111111111111111; Path=/; HttpOnly")]
    [InlineData("X-Request-Id", "4d2f0e1a-0000-4000-8000-000000000000")]
    [InlineData("X-RateLimit-Reset", "1732710000")]
    [InlineData("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("X-Contact", "support@x.org")]
    [InlineData("Location", "/find?q=a+14255550100")]
    [InlineData("Digest", "sha-256=+14255550100abcdefghijklmnopqrstuvwxyz0123=")]
    [InlineData("NEL", "{\"report_to\":\"default\",\"max_age\":2592000,\"include_subdomains\":true}")]
    [InlineData("Node", "[fd00::1]")]
    [InlineData("Whatever", "+0200")]
    [InlineData("Country", "US")]
    public void Technical_header_is_nobodys(string name, string value) =>
        Assert.Empty(_answers.ReadWithHeader(name, value).Items.Span.ToArray());

    [Fact]
    public void A_million_bytes_of_one_text_are_read()
    {
        var exchange = _answers.Read($"{{\"text\":\"{new string('x', 1_000_000)}\",\"email\":\"ann@x.org\"}}");

        Assert.Single(exchange.Items.Span.ToArray());
    }

    [Fact]
    public void A_hundred_thousand_items_are_counted_one_by_one()
    {
        var body = new StringBuilder("[");
        for (var i = 0; i < 100_000; i++)
        {
            body.Append(i == 0 ? "" : ",").Append("{\"id\":").Append(i).Append(",\"email\":\"u").Append(i).Append("@x.org\"}");
        }

        Assert.Equal(100_000, _answers.Read(body.Append(']').ToString()).Items.Count);
    }

    private static string Quoted(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
