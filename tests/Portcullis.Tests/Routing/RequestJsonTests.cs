using System.Text;
using Portcullis.Core;
using Portcullis.Core.Policy.Compiling;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Portcullis.Tests.Contracts;
using Portcullis.Tests.Policy;
using Xunit;

namespace Portcullis.Tests.Routing;

/// <summary>JSON of a request body that the gate holds is read in one way, whatever it is held for.</summary>
public sealed class RequestJsonTests : IDisposable
{
    private const string Twice = """{"to":"a@b.example","\u0074o":"c@d.example"}""";
    private const string Refused = "Refuse canonical/json";
    private const string Guest = "operations:\n  POST /x: { authentication: guest }\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Twice, "application/json", Refused)]
    [InlineData("""[[{"a":{"b":1,"c":2,"b":3}}]]""", "application/vnd.api+json; charset=utf-8", Refused)]
    [InlineData(Twice, "text/plain", Refused)]
    [InlineData(Twice, "application/octet-stream", Refused)]
    [InlineData("""[{"a":1},{"a":1}]""", "application/json", "Allow")]
    [InlineData("""{"a":1,"a":2""", "text/plain", "Allow")]
    [InlineData("a={&a=}", "application/x-www-form-urlencoded", "Allow")]
    [InlineData("", "application/json", "Allow")]
    public void A_member_that_stands_twice_is_refused_in_what_a_framework_may_read_as_JSON(
        string body,
        string type,
        string expected
    ) => Assert.Equal(expected, new PolicyBench(Guest).Send("POST", "/x", body, ("Content-Type", type)));

    [Theory]
    [InlineData("""{"a":1,"a":2,"x":"\ud800"}""", "application/json", "json/text")]
    [InlineData("""{"a":1,"a":2,"x":"\ud800"}""", "text/plain", "json/text")]
    [InlineData("""{"a":1,"a":2""", "application/json", "json/text")]
    [InlineData("\uFEFF{}", "application/json", "json/text")]
    [InlineData("\uFEFF{\"a\":1,\"a\":2}", "text/plain", "canonical/json")]
    [InlineData("{}", "application/json; charset=utf-16", "json/coding")]
    [InlineData("{}", "application/json; charset=iso-8859-1", "json/coding")]
    public void JSON_that_two_parsers_may_read_differently_is_refused(string body, string type, string reason) =>
        Assert.Equal($"Refuse {reason}", new PolicyBench(Guest).Send("POST", "/x", body, ("Content-Type", type)));

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    public void Nesting_deeper_than_the_gate_reads_is_refused(string type)
    {
        var body = new string('[', 129) + new string(']', 129);

        Assert.Equal("Refuse json/text", new PolicyBench(Guest).Send("POST", "/x", body, ("Content-Type", type)));
    }

    [Theory]
    [InlineData("gzip", "Refuse json/coding")]
    [InlineData("identity", "Allow")]
    public void Coded_JSON_is_refused(string coding, string expected) =>
        Assert.Equal(
            expected,
            new PolicyBench(Guest).Send("POST", "/x", "{}", ("Content-Type", "application/json"), ("Content-Encoding", coding))
        );

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("text/plain", true)]
    [InlineData("application/octet-stream", false)]
    public void Bytes_that_are_no_UTF8_are_refused_in_JSON_and_pass_in_anything_else(string type, bool isJson)
    {
        byte[] body = isJson ? [.. "{\"a\":\""u8, 0xFF, .. "\"}"u8] : [(byte)'{', 0xFF, 0x00];
        var exchange = new Exchange { RequestHeaders = new HeaderList(), RequestBody = body };
        ((HeaderList)exchange.RequestHeaders).Add("Content-Type", type);
        new CanonicalFormGuard().Read(exchange, Phase.RequestBody);

        var judgement = new RequestJsonGuard().Judge(exchange, Phase.RequestBody);

        Assert.Equal(isJson ? RequestJsonGuard.Unreadable : null, judgement.Reason);
    }

    [Theory]
    [InlineData("enforce", "Refuse contract/request")]
    [InlineData("observe", "Refuse json/text")]
    [InlineData("off", "Refuse json/text")]
    public void A_contract_that_is_enforced_gives_its_own_reason(string word, string expected) =>
        Assert.Equal(
            expected,
            UnderContract(word).Send("POST", "/x", """{"x":"\ud800"}""", ("Content-Type", "application/json"))
        );

    [Fact]
    public void A_missing_media_type_hides_nothing() => Assert.Equal(Refused, new PolicyBench(Guest).Send("POST", "/x", Twice));

    [Fact]
    public void A_signed_webhook_may_not_say_two_things_either()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "hook"), "a-shared-secret-of-32-characters");
        var bench = new PolicyBench(
            $"operations:\n  POST /x: {{ webhook: {{ header: X-Signature, secrets: [{_folder.Path}/hook], scheme: hex }} }}\n"
        );
        var signature = System.Security.Cryptography.HMACSHA256.HashData(
            "a-shared-secret-of-32-characters"u8,
            Encoding.UTF8.GetBytes(Twice)
        );

        Assert.Equal(Refused, bench.Send("POST", "/x", Twice, ("X-Signature", Convert.ToHexString(signature))));
        Assert.Equal(0, bench.Asked);
    }

    [Theory]
    [InlineData("observe")]
    [InlineData("off")]
    public void A_contract_that_only_watches_lets_no_member_stand_twice(string word)
    {
        Assert.Equal(Refused, UnderContract(word).Send("POST", "/x", Twice, ("Content-Type", "application/json")));
    }

    private static PolicyBench UnderContract(string word)
    {
        var operation = ContractText.WithBody("""{"type": "object"}""");
        return new PolicyBench(
            $"operations:\n  POST /x: {{ authentication: public, contract: {word} }}\n",
            new ContractOperation
            {
                Method = "POST",
                Template = "/x",
                Plan = operation.Contract,
                ReadsRequestBody = true,
            }
        );
    }

    [Fact]
    public void A_gate_that_monitors_records_it_and_lets_it_pass()
    {
        var bench = new PolicyBench("operations:\n  POST /x: { authentication: guest, mode: monitor }\n");

        var exchange = bench.Exchange("POST", "/x", Twice, ("Content-Type", "application/json"));

        Assert.False(exchange.IsRefused);
        Assert.Equal("canonical/json", exchange.Reason!.Id);
        Assert.Equal(1, bench.Asked);
    }
}
