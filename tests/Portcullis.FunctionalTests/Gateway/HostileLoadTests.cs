using System.Net;
using System.Net.Sockets;
using System.Text;
using Portcullis.Core;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Bodies and heads that are too big, and those who announce them.</summary>
public sealed class HostileLoadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_over_the_cap_is_refused_before_its_first_byte_is_asked_for()
    {
        await using var gateway = await StartAsync(plan => plan with { ReadsRequestBody = true });

        var answer = await RawClient.SendUntilAsync(
            gateway.Address,
            "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
            "inc_",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 413", answer);
        Assert.Contains("\"incident\":\"inc_", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Body_of_unknown_length_is_refused_at_the_cap()
    {
        await using var gateway = await StartAsync(plan => plan with { ReadsRequestBody = true });
        var chunk = $"10000\r\n{new string('x', 65536)}\r\n";

        var answer = await RawClient.SendAsync(
            gateway.Address,
            $"POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{string.Concat(Enumerable.Repeat(chunk, 20))}0\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 413", answer);
        Assert.Empty(gateway.Upstream.Requests);
        await Eventually.AsyncTrue(() => gateway.HoldBudget.Held == 0, Cancellation);
    }

    [Fact]
    public async Task Who_is_refused_at_the_head_is_not_asked_for_the_body()
    {
        await using var gateway = await StartAsync(plan =>
            plan with
            {
                ReadsRequestBody = true,
                Authentication = AuthenticationWord.Required,
            }
        );

        var answer = await RawClient.SendUntilAsync(
            gateway.Address,
            "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
            "inc_",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 401", answer);
        Assert.DoesNotContain("100 Continue", answer);
    }

    [Fact]
    public async Task Upload_that_no_guard_reads_is_streamed_and_never_held()
    {
        const int Size = 64 << 20;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var draining = DrainAsync(listener, Size);
        await using var gateway = await StartAsync(address: new Uri($"http://{listener.LocalEndpoint}"));
        var most = 0L;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port, Cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: {Size}\r\nConnection: close\r\n\r\n"),
            Cancellation
        );
        var step = new byte[1 << 16];
        for (var sent = 0; sent < Size; sent += step.Length)
        {
            await stream.WriteAsync(step, Cancellation);
            most = Math.Max(most, gateway.HoldBudget.Held);
        }

        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 200", await reader.ReadToEndAsync(Cancellation));
        Assert.Equal(Size, await draining);
        Assert.Equal(0, most);
    }

    [Theory]
    [InlineData(1, 70_000)]
    [InlineData(150, 10)]
    public async Task Bomb_of_headers_is_refused(int count, int length)
    {
        await using var gateway = await StartAsync();
        var headers = Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('x', length)}").ToArray();

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation, headers);

        Assert.Matches("^HTTP/1.1 4|^$", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Bomb_of_headers_from_the_upstream_is_not_passed_on()
    {
        await using var gateway = await StartAsync();
        gateway.Upstream.Answer = _ =>
            Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Range(0, 3000).Select(i => $"X-{i}: {new string('x', 100)}\r\n"))}Content-Length: 0\r\n\r\n"
            );

        Assert.StartsWith("HTTP/1.1 502", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
    }

    [Fact]
    public async Task Identity_ends_with_the_request_and_not_with_the_connection()
    {
        await using var gateway = await StartAsync();

        await RawClient.SendAsync(
            gateway.Address,
            "GET /1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer first\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.Equal(2, gateway.Upstream.Requests.Count);
        Assert.DoesNotContain("Authorization", gateway.Upstream.Requests.Last());
    }

    private static Task<GatewayFixture> StartAsync(Func<OperationPlan, OperationPlan>? change = null, Uri? address = null) =>
        GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            change: upstream => GatewayFixture.Personal(change)(upstream) with { Address = address ?? upstream.Address }
        );

    private static async Task<int> DrainAsync(TcpListener listener, int size)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = client.GetStream();
        var buffer = new byte[1 << 16];
        var head = await stream.ReadAsync(buffer, Cancellation);
        var text = Encoding.Latin1.GetString(buffer, 0, head);
        var received = head - text.IndexOf("\r\n\r\n", StringComparison.Ordinal) - 4;
        while (received < size)
        {
            received += await stream.ReadAsync(buffer, Cancellation);
        }
        await stream.WriteAsync(RecordingUpstream.Response(200, "application/json", "{}"), Cancellation);
        return received;
    }
}
