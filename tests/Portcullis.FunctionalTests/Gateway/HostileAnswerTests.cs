using System.IO.Compression;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;
using ZstdSharp;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Answers that lie, break off, or carry data where nobody looks.</summary>
public sealed class HostileAnswerTests
{
    private const string Person = "{\"accountId\":\"1001\",\"name\":\"Jane Doe\",\"email\":\"jane@example.com\"}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Coded_answer_is_counted_and_leaves_as_it_came(string coding)
    {
        var packed = Pack(coding, Encoding.UTF8.GetBytes(Person));
        await using var gateway = await StartAsync(Coded(coding, packed));

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation, $"Accept-Encoding: {coding}");

        Assert.EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(packed), answer);
        Assert.Contains($"Content-Encoding: {coding}\r\n", answer);
        Assert.Single(Assert.Single(gateway.Journal.Exchanges).Items);
    }

    [Theory]
    [InlineData("gzip", Damage.Short)]
    [InlineData("br", Damage.Short)]
    [InlineData("zstd", Damage.Short)]
    [InlineData("gzip", Damage.Long)]
    [InlineData("br", Damage.Long)]
    [InlineData("zstd", Damage.Long)]
    [InlineData("gzip", Damage.Plain)]
    [InlineData("br", Damage.Plain)]
    [InlineData("zstd", Damage.Plain)]
    [InlineData("gzip", Damage.Twice)]
    [InlineData("deflate", Damage.None)]
    public async Task Answer_that_is_not_of_its_coding_is_withheld_where_it_is_personal(string coding, Damage damage)
    {
        var body = Encoding.UTF8.GetBytes(Person);
        byte[] packed = damage switch
        {
            Damage.Short => Pack(coding, body)[..^3],
            Damage.Long => [.. Pack(coding, body), .. "secret-garbage"u8],
            Damage.Plain => body,
            Damage.Twice => Pack(coding, Pack(coding, body)),
            _ => Pack("gzip", body),
        };
        var label = damage == Damage.Twice ? "gzip, gzip" : coding;
        await using var gateway = await StartAsync(Coded(label, packed));

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.DoesNotContain("secret", answer);
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
        Assert.Equal(0, gateway.HoldBudget.Held);
    }

    [Fact]
    public async Task Undecodable_answer_passes_as_it_came_where_the_policy_says_so()
    {
        var packed = Pack("gzip", Encoding.UTF8.GetBytes(Person))[..^3];
        await using var gateway = await StartAsync(
            Coded("gzip", packed),
            plan => plan with { Unmeasured = UnmeasuredWord.Allow }
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.EndsWith("\r\n\r\n" + Encoding.Latin1.GetString(packed), answer);
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Bomb_is_withheld_and_takes_no_more_than_one_body(string coding)
    {
        // 64 MiB in a few kilobytes; the decoder stops at the cap, however much would come.
        var packed = Pack(coding, new byte[64 << 20]);
        await using var gateway = await StartAsync(Coded(coding, packed));

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.Equal(0, gateway.HoldBudget.Held);
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Oops\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"name\":\"half")]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"name\":\"half\r\n"
    )]
    [InlineData(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"name\":\"half\r\n"
    )]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nhalf")]
    public async Task Answer_that_breaks_off_never_shows_its_half(string answer)
    {
        await using var gateway = await StartAsync(Encoding.Latin1.GetBytes(answer));

        var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 502", received);
        Assert.DoesNotContain("half", received);
        Assert.Equal(0, gateway.HoldBudget.Held);
    }

    [Fact]
    public async Task Words_beside_the_status_stay_here()
    {
        await using var gateway = await StartAsync(
            "HTTP/1.1 404 No Jane Doe\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray()
        );

        Assert.DoesNotContain("Jane", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
    }

    [Fact]
    public async Task Words_beside_the_status_of_a_withheld_answer_stay_here()
    {
        await using var gateway = await StartAsync(
            "HTTP/1.1 200 Hello Jane Doe\r\nContent-Type: image/png\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray()
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.DoesNotContain("Jane", answer);
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </jane@example.com>\r\n\r\n")]
    [InlineData("HTTP/1.1 102 Jane\r\nX-Name: jane\r\n\r\n")]
    public async Task Interim_answers_end_at_the_gate(string interim)
    {
        await using var gateway = await StartAsync([
            .. Encoding.Latin1.GetBytes(interim),
            .. RecordingUpstream.Response(200, "application/json", "{}"),
        ]);

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.DoesNotContain("jane", answer, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Answer_framed_in_two_ways_leaves_in_one()
    {
        await using var gateway = await StartAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-Name: jane\r\n\r\n"u8.ToArray()
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.DoesNotContain("jane", answer);
        Assert.DoesNotContain("Content-Length: 50", answer);
        Assert.Contains("{}", answer);
    }

    [Fact]
    public async Task Head_of_an_unmeasured_release_has_no_body()
    {
        await using var gateway = await StartAsync(
            RecordingUpstream.Response(200, "image/png", "secret"),
            plan => plan with { Unmeasured = UnmeasuredWord.Allow }
        );

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "HEAD /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.EndsWith("\r\n\r\n", answer);
        Assert.Contains("Content-Length: 6\r\n", answer);
    }

    [Fact]
    public async Task Personal_answer_is_stored_by_no_cache()
    {
        await using var gateway = await StartAsync(
            RecordingUpstream.Response(
                200,
                "application/json",
                Person,
                "Cache-Control: public, max-age=60",
                "CDN-Cache-Control: max-age=60",
                "Surrogate-Control: max-age=60",
                "Expires: Thu, 01 Jan 2099 00:00:00 GMT"
            )
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.Contains("Cache-Control: private, no-store\r\n", answer);
        Assert.DoesNotContain("max-age", answer);
        Assert.DoesNotContain("Expires", answer);
    }

    [Fact]
    public async Task Header_bytes_beyond_ascii_leave_as_they_came()
    {
        await using var gateway = await StartAsync(
            RecordingUpstream.Response(200, "application/json", "{}", "X-File: caf\u00E9")
        );

        // The upstream writes UTF-8; the client reads the two bytes as Latin-1.
        Assert.Contains("X-File: caf\u00C3\u00A9\r\n", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
    }

    [Theory]
    [InlineData("POST", "Content-Length: 0\r\n")]
    [InlineData("POST", "")]
    [InlineData("DELETE", "")]
    [InlineData("PATCH", "")]
    public async Task Request_without_a_body_is_not_sent_twice_when_a_reused_connection_fails(string method, string length)
    {
        await using var upstream = new VanishingUpstream();
        await using var gateway = await GatewayFixture.StartAsync(
            _ => [],
            change: plan => GatewayFixture.Personal()(plan) with { Address = upstream.Address }
        );

        await RawClient.GetAsync(gateway.Address, "/1", Cancellation);
        var answer = await RawClient.SendAsync(
            gateway.Address,
            $"{method} /pay HTTP/1.1\r\nHost: x\r\n{length}Connection: close\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.Equal(1, upstream.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal)));
    }

    private static Task<GatewayFixture> StartAsync(byte[] answer, Func<OperationPlan, OperationPlan>? change = null) =>
        GatewayFixture.StartAsync(_ => answer, change: GatewayFixture.Personal(change));

    private static byte[] Coded(string coding, byte[] packed) =>
        [
            .. Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: {packed.Length}\r\n\r\n"
            ),
            .. packed,
        ];

    private static byte[] Pack(string coding, byte[] plain)
    {
        if (coding == "zstd")
        {
            using var compressor = new Compressor();
            return compressor.Wrap(plain).ToArray();
        }
        using var packed = new MemoryStream();
        using (
            Stream coder =
                coding == "br"
                    ? new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)
                    : new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)
        )
        {
            coder.Write(plain);
        }
        return packed.ToArray();
    }

    public enum Damage
    {
        None,
        Short,
        Long,
        Plain,
        Twice,
    }
}
