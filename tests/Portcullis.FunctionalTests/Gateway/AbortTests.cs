using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Policy;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Clients and upstreams that leave at every moment: each exchange ends once, everything is given back, nobody gets another's bytes.</summary>
public sealed partial class AbortTests
{
    private const string Person = "{\"accountId\":\"1001\",\"name\":\"Jane Doe\",\"email\":\"jane@example.com\"}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n")]
    public async Task Client_that_leaves_after_any_byte_of_its_request(string request)
    {
        foreach (var reads in new[] { false, true })
        {
            await using var gateway = await StartAsync(plan => plan with { ReadsRequestBody = reads });
            for (var length = 0; length < request.Length; length++)
            {
                await SendAndLeaveAsync(gateway, request[..length]);
            }
            await AssertAllEndedAsync(gateway);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 67\r\n\r\n" + Person)]
    [InlineData(
        "HTTP/1.1 500 No\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n43\r\n" + Person + "\r\n0\r\n\r\n"
    )]
    [InlineData("HTTP/1.1 502 No\r\nContent-Type: application/json\r\nContent-Length: 67\r\n\r\n" + Person)]
    public async Task Upstream_that_leaves_after_any_byte_of_its_answer(string answer)
    {
        await using var gateway = await StartAsync();
        for (var length = 0; length < answer.Length; length++)
        {
            gateway.Upstream.Answer = _ => Encoding.Latin1.GetBytes(answer[..length]);

            var received = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

            // Only an end that the framing cannot tell from the real one may pass.
            Assert.True(received.StartsWith("HTTP/1.1 502", StringComparison.Ordinal), $"after {length} bytes: {received}");
            Assert.DoesNotContain("Jane", received);
            Assert.DoesNotContain("accountId", received);
        }
        await AssertAllEndedAsync(gateway);
        Assert.Equal(answer.Length, gateway.Journal.Exchanges.Count);
    }

    [Fact]
    public async Task Client_that_leaves_while_the_upstream_thinks()
    {
        var (asked, mayAnswer) = (
            new SemaphoreSlim(0),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        await using var gateway = await StartAsync();
        gateway.Upstream.Answer = _ =>
        {
            asked.Release();
            mayAnswer.Task.Wait(Cancellation);
            return RecordingUpstream.Response(200, "application/json", Person);
        };
        using (var client = await ConnectAsync(gateway, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"))
        {
            await asked.WaitAsync(Cancellation);
            Leave(client);
        }
        await AssertAllEndedAsync(gateway, 1);
        mayAnswer.SetResult();

        Assert.Empty(gateway.Journal.Exchanges[0].Items);
    }

    [Fact]
    public async Task Client_that_leaves_while_the_answer_is_held()
    {
        await using var upstream = new StallingUpstream(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 67\r\n\r\n{\"accountId\":"
        );
        await using var gateway = await StartAsync(address: upstream.Address);
        using (var client = await ConnectAsync(gateway, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"))
        {
            await Eventually.AsyncTrue(() => gateway.HoldBudget.Held > 0, Cancellation);
            Leave(client);
        }

        await AssertAllEndedAsync(gateway, 1);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task Client_that_leaves_while_the_record_is_awaited_is_counted_once(string contentType)
    {
        var waiting = new SemaphoreSlim(0);
        await using var gateway = await StartAsync(plan => plan with { Unmeasured = UnmeasuredWord.Allow });
        gateway.Upstream.Answer = _ => RecordingUpstream.Response(200, contentType, Person);
        gateway.Journal.Wait = async cancellation =>
        {
            waiting.Release();
            await Task.Delay(Timeout.Infinite, cancellation);
        };
        using (var client = await ConnectAsync(gateway, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"))
        {
            await waiting.WaitAsync(Cancellation);
            Leave(client);
        }

        await AssertAllEndedAsync(gateway, 1);
        Assert.Equal(contentType == "application/json" ? 1 : 0, gateway.Journal.Exchanges[0].Items.Length);
        Assert.Equal(1, gateway.Gate.Abandoned);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task Client_that_leaves_amid_its_answer_is_counted(string contentType)
    {
        var big = $"{{\"email\":\"jane@example.com\",\"x\":\"{new string('x', 900_000)}\"}}";
        await using var gateway = await StartAsync(plan => plan with { Unmeasured = UnmeasuredWord.Allow });
        gateway.Upstream.Answer = _ => RecordingUpstream.Response(200, contentType, big);
        using (var client = await ConnectAsync(gateway, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n", receive: 1024))
        {
            await client.GetStream().ReadExactlyAsync(new byte[200], Cancellation);
            Leave(client);
        }

        await AssertAllEndedAsync(gateway, 1);
        Assert.Equal(contentType == "application/json" ? 1 : 0, gateway.Journal.Exchanges[0].Items.Length);
    }

    [Fact]
    public async Task Clients_that_do_not_read_take_no_more_than_the_total_and_lose_their_place()
    {
        var hold = new HoldLimits { Total = 4 << 20, Timeout = TimeSpan.FromMilliseconds(700) };
        var big = $"\"{new string('x', (1 << 20) - 100)}\"";
        await using var gateway = await StartAsync(plan => plan with { DeclaredClasses = 0 }, hold: hold);
        gateway.Upstream.Answer = _ => RecordingUpstream.Response(200, "application/json", big);
        var clients = new List<TcpClient>();
        for (var i = 0; i < 16; i++)
        {
            clients.Add(await ConnectAsync(gateway, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n", receive: 1024));
        }
        await Eventually.AsyncTrue(() => gateway.Journal.Exchanges.Count == 16, Cancellation);

        Assert.InRange(gateway.HoldBudget.Held, 0, hold.Total);
        // Their time ends without anybody leaving, and whoever comes then is served.
        await AssertAllEndedAsync(gateway, 16);
        Assert.StartsWith("HTTP/1.1 200", await RawClient.GetAsync(gateway.Address, "/1", Cancellation));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task No_client_ever_gets_another_ones_byte()
    {
        var scale = int.Parse(Environment.GetEnvironmentVariable("PORTCULLIS_TEST_SCALE") ?? "1");
        await using var gateway = await StartAsync(plan => plan with { ReadsRequestBody = true });
        gateway.Upstream.Answer = head => AnswerFor(int.Parse(PathNumber().Match(head).Groups[1].Value));
        var clients = Enumerable.Range(0, 16).Select(client => BrowseAsync(gateway, client, 25 * scale));

        await Task.WhenAll(clients);

        await AssertAllEndedAsync(gateway);
    }

    private static byte[] AnswerFor(int number)
    {
        var random = new Random(number);
        var body = new StringBuilder("[");
        for (var i = random.Next(1, 3000); i > 0; i--)
        {
            body.Append("\"m").Append(number).Append("m\",");
        }
        var whole = random.Next(3) switch
        {
            0 => RecordingUpstream.Response(200, "application/json", body + "0]"),
            1 => RecordingUpstream.Response(200, "image/x", body + "0]"),
            _ => Encoding.Latin1.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n{body.Length + 2:x}\r\n{body}0]\r\n0\r\n\r\n"
            ),
        };
        return random.Next(5) == 0 ? whole[..random.Next(whole.Length)] : whole;
    }

    private static async Task BrowseAsync(GatewayFixture gateway, int client, int requests)
    {
        var random = new Random(client);
        var buffer = new byte[64 * 1024];
        for (var i = 0; i < requests; i++)
        {
            var number = client * 1_000_000 + i;
            var body = $"m{number}m";
            using var socket = await ConnectAsync(
                gateway,
                $"POST /n/{number} HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"
            );
            var leavesAfter = random.Next(2) == 0 ? random.Next(40_000) : int.MaxValue;
            var received = new StringBuilder();
            try
            {
                int read;
                while (received.Length < leavesAfter && (read = await socket.GetStream().ReadAsync(buffer, Cancellation)) > 0)
                {
                    received.Append(Encoding.Latin1.GetString(buffer, 0, read));
                }
            }
            catch (IOException) { }
            Leave(socket);
            foreach (Match mark in Mark().Matches(received.ToString()))
            {
                Assert.Equal(number, int.Parse(mark.Groups[1].Value));
            }
        }
    }

    private static Task<GatewayFixture> StartAsync(
        Func<OperationPlan, OperationPlan>? change = null,
        Uri? address = null,
        HoldLimits? hold = null
    ) =>
        GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", Person),
            change: upstream => GatewayFixture.Personal(change)(upstream) with { Address = address ?? upstream.Address },
            hold: hold
        );

    private static async Task<TcpClient> ConnectAsync(GatewayFixture gateway, string request, int receive = 0)
    {
        var client = new TcpClient();
        if (receive > 0)
        {
            client.ReceiveBufferSize = receive;
        }
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port, Cancellation);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Cancellation);
        return client;
    }

    private static async Task SendAndLeaveAsync(GatewayFixture gateway, string request)
    {
        using var client = await ConnectAsync(gateway, request);
        Leave(client);
    }

    // With a reset, as a client does whose process ends.
    private static void Leave(TcpClient client)
    {
        client.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    private static async Task AssertAllEndedAsync(GatewayFixture gateway, int? exchanges = null)
    {
        if (exchanges is { } expected)
        {
            await Eventually.AsyncTrue(() => gateway.Journal.Exchanges.Count >= expected, Cancellation);
        }
        await Eventually.AsyncTrue(() => gateway.Gate.InFlight == 0 && gateway.HoldBudget.Held == 0, Cancellation);
        if (exchanges is { } exact)
        {
            Assert.Equal(exact, gateway.Journal.Exchanges.Count);
        }
    }

    [GeneratedRegex("m([0-9]+)m")]
    private static partial Regex Mark();

    [GeneratedRegex("/n/([0-9]+)")]
    private static partial Regex PathNumber();
}
