using System.Text;
using Portcullis.Core.Policy.Compiling;
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
    [InlineData("""{"a":1,"a":2""", "application/json", "Allow")]
    [InlineData("a={&a=}", "application/x-www-form-urlencoded", "Allow")]
    [InlineData("", "application/json", "Allow")]
    public void A_member_that_stands_twice_is_refused_in_what_a_framework_may_read_as_JSON(
        string body,
        string type,
        string expected
    ) => Assert.Equal(expected, new PolicyBench(Guest).Send("POST", "/x", body, ("Content-Type", type)));

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
        var operation = ContractText.WithBody("""{"type": "object"}""");
        var bench = new PolicyBench(
            $"operations:\n  POST /x: {{ authentication: public, contract: {word} }}\n",
            new ContractOperation
            {
                Method = "POST",
                Template = "/x",
                Plan = operation.Contract,
                ReadsRequestBody = true,
            }
        );

        Assert.Equal(Refused, bench.Send("POST", "/x", Twice, ("Content-Type", "application/json")));
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
