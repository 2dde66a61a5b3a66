using System.IO.Compression;
using System.Text;
using Portcullis.Core.Expressions;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Answers that leave masked or clipped, as the client gets them.</summary>
public sealed class RewrittenAnswerTests
{
    private const string Two =
        "[{\"accountId\":\"1001\",\"email\":\"jane@example.com\"},{\"accountId\":\"1002\",\"email\":\"john@example.com\"}]";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Clipped_answer_contradicts_nothing_in_its_head(bool isPacked)
    {
        var body = isPacked ? Gzip(Two) : Encoding.UTF8.GetBytes(Two);
        var head =
            $"HTTP/1.1 200 All of them\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n"
            + (isPacked ? "Content-Encoding: gzip\r\n" : "")
            + "ETag: \"x\"\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nDigest: a=b\r\nContent-Digest: a=b\r\nRepr-Digest: a=b\r\n"
            + "Content-MD5: ab\r\nAccept-Ranges: bytes\r\nSignature: a=b\r\nX-Owner: john@example.com\r\nX-Kept: yes\r\n\r\n";
        await using var gateway = await StartAsync([.. Encoding.ASCII.GetBytes(head), .. body], new NobodyNamedJohn());

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation, "Accept-Encoding: gzip");

        const string Kept = "[{\"accountId\":\"1001\",\"email\":\"jane@example.com\"}]";
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer);
        Assert.EndsWith($"\r\n\r\n{Kept}", answer);
        Assert.Contains($"Content-Length: {Kept.Length}\r\n", answer);
        Assert.Contains("Cache-Control: private, no-store\r\n", answer);
        Assert.Contains("X-Kept: yes\r\n", answer);
        foreach (
            var name in new[]
            {
                "ETag",
                "Last-Modified",
                "Digest",
                "MD5",
                "Content-Encoding",
                "Accept-Ranges",
                "Signature",
                "X-Owner",
            }
        )
        {
            Assert.DoesNotContain(name, answer);
        }
        await Eventually.AsyncTrue(() => gateway.HoldBudget.Held == 0, Cancellation);
    }

    [Fact]
    public async Task Head_of_a_clipped_answer_has_the_length_of_the_clipped_one()
    {
        await using var gateway = await StartAsync(RecordingUpstream.Response(200, "application/json", Two));

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "HEAD /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.Contains("Content-Length: 49\r\n", answer);
        Assert.EndsWith("\r\n\r\n", answer);
    }

    [Theory]
    [InlineData(
        "application/xml",
        "<l><c><email>jane@example.com</email></c><c><email>john@example.com</email></c></l>",
        "<l><c><email>jane@example.com</email></c></l>"
    )]
    [InlineData("text/csv", "email,id\njane@example.com,1\njohn@example.com,2\n", "email,id\njane@example.com,1\n")]
    [InlineData(
        "application/x-ndjson",
        "{\"email\":\"jane@example.com\"}\n{\"email\":\"john@example.com\"}\n",
        "{\"email\":\"jane@example.com\"}\n"
    )]
    [InlineData("text/html", "<p>jane@example.com<p>john@example.com", "<p>jane@example.com<p>***")]
    public async Task Second_person_of_any_kind_of_body_stays_here(string contentType, string body, string expected)
    {
        await using var gateway = await StartAsync(RecordingUpstream.Response(200, contentType, body), new NobodyNamedJohn());

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.EndsWith($"\r\n\r\n{expected}", answer);
    }

    [Theory]
    [InlineData(
        "application/x-www-form-urlencoded",
        "a=jane%40example.com&b=john%40example.com&c=jim%40example.com&d=joe%40example.com"
    )]
    [InlineData("application/json", "{\"a\":{\"email\":\"jane@example.com\"},\"b\":{\"email\":\"john@example.com\"}}")]
    [InlineData(
        "application/json",
        "{\"text\":\"[{\\\"email\\\":\\\"jane@example.com\\\"},{\\\"email\\\":\\\"john@example.com\\\"}]\"}"
    )]
    public async Task What_cannot_be_cut_is_refused_whole(string contentType, string body)
    {
        await using var gateway = await StartAsync(RecordingUpstream.Response(200, contentType, body));

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 403", answer);
        Assert.DoesNotContain("example.com", answer);
    }

    [Fact]
    public async Task Foreign_person_in_a_header_alone_is_refused()
    {
        await using var gateway = await StartAsync(
            RecordingUpstream.Response(302, "application/json", Two, "Location: /u/jim%40example.com")
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.DoesNotContain("jim", answer);
        Assert.DoesNotContain("john", answer);
    }

    private static Task<GatewayFixture> StartAsync(byte[] answer, Expression? items = null) =>
        GatewayFixture.StartAsync(
            _ => answer,
            change: GatewayFixture.Personal(plan => plan with { ItemOwnership = items ?? new FirstItemOnly() })
        );

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }
}
