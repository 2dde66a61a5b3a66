using System.Security.Cryptography;
using System.Text;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Portcullis.Tests.Policy;
using Xunit;

namespace Portcullis.Tests.Admission;

public sealed class SignedWebhookTests : IDisposable
{
    private const string Secret = "a-shared-secret-of-32-characters";
    private const string Body = """{"event":"paid"}""";
    private const string Bad = "Refuse admission/webhook-signature";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private PolicyBench Bench(string scheme, string header = "X-Signature", string secret = Secret)
    {
        File.WriteAllText(Path.Combine(_folder.Path, "hook"), secret + "\n");
        return new PolicyBench(
            $"operations:\n  POST /hook: {{ webhook: {{ header: {header}, secrets: [{_folder.Path}/hook], scheme: {scheme} }} }}\n"
        );
    }

    private static byte[] Sign(string text, string secret = Secret) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text));

    [Theory]
    [InlineData("sha256=")]
    [InlineData("")]
    public void Admits_who_signed_the_body_and_nobody_else(string prefix)
    {
        var bench = Bench("hex");
        var good = prefix + Convert.ToHexStringLower(Sign(Body));

        Assert.Equal("Allow", bench.Send("POST", "/hook", Body, ("X-Signature", good)));
        Assert.Equal(Bad, bench.Send("POST", "/hook", Body + " ", ("X-Signature", good)));
        Assert.Equal(
            Bad,
            bench.Send("POST", "/hook", Body, ("X-Signature", prefix + Convert.ToHexString(Sign(Body, "another"))))
        );
        Assert.Equal(Bad, bench.Send("POST", "/hook", Body, ("X-Signature", good), ("X-Signature", good)));
        Assert.Equal("Refuse admission/authentication-required", bench.Send("POST", "/hook", Body));
        Assert.Equal(1, bench.Asked);
    }

    [Fact]
    public void Request_without_a_body_is_judged_before_the_upstream_is_asked()
    {
        var bench = Bench("hex");

        Assert.Equal(Bad, bench.Send("POST", "/hook", "", ("X-Signature", Convert.ToHexString(Sign(Body)))));
        Assert.Equal("Allow", bench.Send("POST", "/hook", "", ("X-Signature", Convert.ToHexString(Sign("")))));
    }

    [Fact]
    public void Reads_signatures_in_base64()
    {
        var bench = Bench("base64");

        Assert.Equal("Allow", bench.Send("POST", "/hook", Body, ("X-Signature", Convert.ToBase64String(Sign(Body)))));
        Assert.Equal(Bad, bench.Send("POST", "/hook", Body, ("X-Signature", Convert.ToHexString(Sign(Body)))));
    }

    [Theory]
    [InlineData(0, "Allow")]
    [InlineData(-299, "Allow")]
    [InlineData(-301, Bad)]
    [InlineData(301, Bad)]
    public void Signature_with_a_time_is_good_for_the_tolerance(int seconds, string expected)
    {
        var bench = Bench("timestamped");
        var time = bench.Time.GetUtcNow().ToUnixTimeSeconds() + seconds;

        Assert.Equal(
            expected,
            bench.Send("POST", "/hook", Body, ("X-Signature", $"t={time},v1={Convert.ToHexStringLower(Sign($"{time}.{Body}"))}"))
        );
    }

    [Fact]
    public void Time_that_was_not_signed_does_not_count()
    {
        var bench = Bench("timestamped");
        var now = bench.Time.GetUtcNow().ToUnixTimeSeconds();
        var old = $"v1={Convert.ToHexStringLower(Sign($"{now - 9999}.{Body}"))}";

        Assert.Equal(Bad, bench.Send("POST", "/hook", Body, ("X-Signature", $"t={now},{old}")));
        Assert.Equal(Bad, bench.Send("POST", "/hook", Body, ("X-Signature", $"t={now - 9999},{old},t={now}")));
        Assert.Equal(Bad, bench.Send("POST", "/hook", Body, ("X-Signature", old)));
    }

    [Fact]
    public void Reads_standard_webhooks()
    {
        var key = Encoding.UTF8.GetBytes(Secret);
        var bench = Bench("standard", "webhook-signature", "whsec_" + Convert.ToBase64String(key));
        var time = bench.Time.GetUtcNow().ToUnixTimeSeconds().ToString();
        var good = "v1," + Convert.ToBase64String(Sign($"msg_1.{time}.{Body}"));

        Assert.Equal(
            "Allow",
            bench.Send(
                "POST",
                "/hook",
                Body,
                ("webhook-id", "msg_1"),
                ("webhook-timestamp", time),
                ("webhook-signature", $"v1,AAAA {good}")
            )
        );
        Assert.Equal(
            Bad,
            bench.Send("POST", "/hook", Body, ("webhook-id", "msg_2"), ("webhook-timestamp", time), ("webhook-signature", good))
        );
    }

    [Fact]
    public void Sender_is_a_caller_of_its_own_and_leaves_the_anonymous_pool()
    {
        var exchange = Bench("hex").Exchange("POST", "/hook", Body, ("X-Signature", Convert.ToHexString(Sign(Body))));

        Assert.Equal(Rung.ApiKey, exchange.Caller!.Rung);
        Assert.Equal(0UL, exchange.Pools & 1UL << BuiltInPools.Anonymous);
    }

    [Fact]
    public void Restriction_of_the_sender_holds_before_the_upstream_is_asked()
    {
        var bench = Bench("hex");
        var header = ("X-Signature", Convert.ToHexString(Sign(Body)));
        var caller = bench.Exchange("POST", "/hook", Body, header).Caller!;
        bench.State.Restrict(new Core.Decisions.Restriction(caller.Key, "leaked secret", long.MaxValue));

        Assert.Equal("Refuse restrictions/restricted", bench.Send("POST", "/hook", Body, header));
        Assert.Equal(1, bench.Asked);
    }
}
