using System.Net;
using System.Net.WebSockets;
using Portcullis.Core.Classification;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Upgraded connections, health checks and draining.</summary>
public sealed class ProtocolTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(UnmeasuredWord.Allow, true)]
    [InlineData(UnmeasuredWord.Refuse, false)]
    public async Task Web_socket_opens_only_by_the_policys_word_and_is_recorded(UnmeasuredWord word, bool opens)
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var gateway = await GatewayFixture.StartAsync(
            _ => [],
            change: plan =>
                GatewayFixture.Personal(operation => operation with { Unmeasured = word })(plan) with
                {
                    Address = upstream.Address,
                }
        );
        using var socket = new ClientWebSocket();
        var address = new UriBuilder(gateway.Address) { Scheme = "ws", Path = "/1" }.Uri;

        if (!opens)
        {
            await Assert.ThrowsAnyAsync<WebSocketException>(() => socket.ConnectAsync(address, Cancellation));
        }
        else
        {
            await socket.ConnectAsync(address, Cancellation);
            await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
            var buffer = new byte[16];
            var received = await socket.ReceiveAsync(buffer, Cancellation);
            Assert.Equal("hello"u8.ToArray(), buffer[..received.Count]);
        }
        Assert.Equal(ReleaseKind.Unmeasured, Assert.Single(gateway.Journal.Exchanges).Release);
    }

    [Fact]
    public async Task Asking_for_an_upgrade_does_not_get_an_ordinary_answer_past_the_gate()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/octet-stream", "secret"),
            change: GatewayFixture.Personal()
        );

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: anything\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.DoesNotContain("secret", answer);
    }

    [Fact]
    public async Task Health_is_on_the_admin_address_only()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(404, "text/plain", "upstream"));
        using var client = new HttpClient();
        var admin = new Uri(gateway.Host.AdminAddress);

        Assert.Equal("ok", await client.GetStringAsync(new Uri(admin, "/healthz"), Cancellation));
        Assert.Equal("ready", await client.GetStringAsync(new Uri(admin, "/readyz"), Cancellation));
        using var publicAnswer = await client.GetAsync(new Uri(gateway.Address, "/healthz"), Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, publicAnswer.StatusCode);
    }

    [Fact]
    public async Task Request_in_flight_is_answered_while_the_gateway_stops()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayAnswer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gateway = await GatewayFixture.StartAsync(_ =>
        {
            asked.SetResult();
            mayAnswer.Task.Wait(Cancellation);
            return RecordingUpstream.Response(200, "text/plain", "late");
        });
        var request = RawClient.GetAsync(gateway.Address, "/1", Cancellation);
        await asked.Task;

        var stopping = gateway.Host.DisposeAsync().AsTask();
        await Eventually.AsyncTrue(() => gateway.Host.Stopping.IsCancellationRequested, Cancellation);
        mayAnswer.SetResult();

        Assert.EndsWith("late", await request);
        await stopping;
        await gateway.Upstream.DisposeAsync();
    }
}
