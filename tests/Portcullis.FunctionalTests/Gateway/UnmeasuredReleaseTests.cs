using System.Text;
using Portcullis.Core.Classification;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>What cannot be read leaves only by the policy's word, and never unrecorded.</summary>
public sealed class UnmeasuredReleaseTests
{
    private static readonly byte[] Events =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\n"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Unreadable =>
        [
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: secret\n\n",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: compress\r\nContent-Length: 6\r\n\r\nsecret",
            "HTTP/1.1 206 Partial\r\nContent-Type: application/json\r\nContent-Range: bytes 0-5/9\r\nContent-Length: 6\r\n\r\nsecret",
            "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 6\r\n\r\nsecret",
            "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nContent-Length: 6\r\n\r\nsecret",
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 6\r\n\r\nsecret",
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n\"secret{new string('x', 4992)}\"",
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n\"secret{new string('x', 4992)}\"",
        ];

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Unreadable_answer_of_a_personal_operation_is_withheld_and_recorded(string answer)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => Encoding.UTF8.GetBytes(answer),
            change: GatewayFixture.Personal(),
            hold: new HoldLimits { PerBody = 4096 }
        );

        var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 502", received);
        Assert.DoesNotContain("secret", received);
        var record = Assert.Single(gateway.Journal.Exchanges);
        Assert.Equal(ReleaseKind.Unmeasured, record.Release);
    }

    [Theory]
    [InlineData("gzip", "\u001f", UnmeasuredWord.RefusePersonal, 502)]
    [InlineData("gzip", "\u001f\u008b", UnmeasuredWord.RefusePersonal, 502)]
    [InlineData("gzip", "\u001f\u008b\u0008", UnmeasuredWord.Allow, 200)]
    [InlineData("br", "\u001b", UnmeasuredWord.RefusePersonal, 502)]
    [InlineData("br", "\u001b\u000e", UnmeasuredWord.Allow, 200)]
    [InlineData("br", "\u001b\u000e\u0000", UnmeasuredWord.RefusePersonal, 502)]
    [InlineData("zstd", "\u0028", UnmeasuredWord.RefusePersonal, 502)]
    [InlineData("zstd", "\u0028\u00b5", UnmeasuredWord.Allow, 200)]
    [InlineData("zstd", "\u0028\u00b5\u002f", UnmeasuredWord.RefusePersonal, 502)]
    public async Task Coded_answer_of_a_few_bytes_cannot_be_read(string coding, string bytes, UnmeasuredWord word, int expected)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ =>
                Encoding.Latin1.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: {bytes.Length}\r\n\r\n{bytes}"
                ),
            change: GatewayFixture.Personal(plan => plan with { Unmeasured = word })
        );

        Assert.StartsWith($"HTTP/1.1 {expected} ", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Theory]
    [InlineData("text/event-stream", "", Mode.Enforce)]
    [InlineData("text/event-stream", "", Mode.Monitor)]
    [InlineData("application/json", "Content-Encoding: gzip\r\n", Mode.Enforce)]
    [InlineData("text/plain", "", Mode.Enforce)]
    public async Task Unread_answer_of_a_personal_operation_is_kept_from_caches(string type, string header, Mode mode)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ =>
                Encoding.UTF8.GetBytes(
                    $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n{header}Cache-Control: public, max-age=60\r\nSurrogate-Control: max-age=60\r\nConnection: close\r\n\r\n{new string('x', 5000)}"
                ),
            mode,
            GatewayFixture.Personal(plan => plan with { Unmeasured = UnmeasuredWord.Allow }),
            new HoldLimits { PerBody = 4096 }
        );

        var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        var isEnforced = mode == Mode.Enforce;
        Assert.StartsWith("HTTP/1.1 200", received);
        Assert.Equal(isEnforced, received.Contains("Cache-Control: private, no-store\r\n"));
        Assert.Equal(!isEnforced, received.Contains("max-age=60"));
    }

    [Fact]
    public async Task Stream_that_policy_allows_passes_and_is_recorded_before_its_first_byte()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => Events,
            change: GatewayFixture.Personal(plan => plan with { Unmeasured = UnmeasuredWord.Allow })
        );

        var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.Contains("data: 1", received);
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Fact]
    public async Task Stream_passes_where_no_personal_data_is_known()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => Events,
            change: GatewayFixture.Personal(plan => plan with { DeclaredClasses = 0 })
        );

        Assert.Contains("data: 1", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
    }

    [Fact]
    public async Task Body_over_the_cap_passes_whole_in_monitor_mode()
    {
        var body = new string('x', 300_000);
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", $"\"{body}\""),
            Mode.Monitor,
            GatewayFixture.Personal(),
            new HoldLimits { PerBody = 4096 }
        );

        var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.EndsWith($"\r\n\r\n\"{body}\"", received);
    }

    [Fact]
    public async Task Chunked_body_that_outgrows_the_cap_under_way_passes_whole_when_allowed()
    {
        var body = new string('x', 300_000);
        await using var gateway = await GatewayFixture.StartAsync(
            _ => Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n{body}"),
            change: GatewayFixture.Personal(plan => plan with { Unmeasured = UnmeasuredWord.Allow }),
            hold: new HoldLimits { PerBody = 100_000 }
        );

        using var client = new HttpClient();
        Assert.Equal(body, await client.GetStringAsync(new Uri(gateway.Address, "/1"), Cancellation));
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Fact]
    public async Task Full_disk_withholds_the_answer()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));
        gateway.Journal.IsFull = true;

        var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 503", received);
    }

    [Fact]
    public async Task Memory_for_held_bodies_is_bounded_over_all_of_them()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", $"\"{new string('x', 100_000)}\""),
            change: GatewayFixture.Personal(),
            hold: new HoldLimits { Total = 50_000 }
        );

        Assert.StartsWith("HTTP/1.1 503", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
    }

    [Fact]
    public async Task Client_that_leaves_is_recorded_without_a_release()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await GatewayFixture.StartAsync(_ =>
        {
            asked.SetResult();
            left.Task.Wait(Cancellation);
            return RecordingUpstream.Response(200, "application/json", "{}");
        });
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port, Cancellation);
        await client.GetStream().WriteAsync("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancellation);
        await asked.Task;
        client.Close();
        left.SetResult();

        await Eventually.AsyncTrue(() => gateway.Journal.Exchanges.Count == 1, Cancellation);
    }
}
