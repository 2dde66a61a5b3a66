using System.Text;
using System.Text.Json;
using Portcullis.Core.Classification;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>
/// Strings known for breaking programs, and random bytes, in every place of request and answer: nothing crashes, nothing is answered 500,
/// every exchange ends and everything is given back. PORTCULLIS_TEST_SCALE runs more of them.
/// </summary>
public sealed class FuzzTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static int Scale => int.Parse(Environment.GetEnvironmentVariable("PORTCULLIS_TEST_SCALE") ?? "1");

    [Fact]
    public async Task Naughty_strings_in_every_place_of_a_request()
    {
        await using var gateway = await StartAsync();
        var strings = Strings();
        var random = new Random(4);
        for (var i = 0; i < 300 * Scale; i++)
        {
            var text = strings[random.Next(strings.Length)];
            var target = random.Next(3) == 0 ? Uri.EscapeDataString(text) : text;
            var body = random.Next(2) == 0 ? text : JsonSerializer.Serialize(new Dictionary<string, string> { [text] = text });
            var request = (i % 6) switch
            {
                0 => $"GET /a/{target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                1 => $"GET /a?{target}={target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                2 => $"GET /a HTTP/1.1\r\nHost: {text}\r\nConnection: close\r\n\r\n",
                3 => $"GET /a HTTP/1.1\r\nHost: x\r\nX-A: {text}\r\nAuthorization: Bearer {text}\r\nConnection: close\r\n\r\n",
                4 => $"{text} /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                _ =>
                    $"POST /a HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}",
            };
            AssertSound(await RawClient.SendUntilAsync(gateway.Address, Latin(request), "never", Cancellation), request);
        }
        await AssertAllEndedAsync(gateway);
    }

    [Fact]
    public async Task Naughty_strings_in_every_place_of_an_answer()
    {
        await using var gateway = await StartAsync();
        var strings = Strings();
        var random = new Random(5);
        string[] types =
        [
            "application/json",
            "text/csv",
            "application/xml",
            "text/html",
            "application/x-www-form-urlencoded",
            "",
        ];
        for (var i = 0; i < 300 * Scale; i++)
        {
            var text = strings[random.Next(strings.Length)];
            var line = text.ReplaceLineEndings(" ");
            var type = types[random.Next(types.Length)];
            var body = random.Next(3) switch
            {
                0 => text,
                1 => JsonSerializer.Serialize(new Dictionary<string, string> { [text] = text, ["email"] = "jane@example.com" }),
                _ => $"<a b='{text}'>{text}</a>",
            };
            gateway.Upstream.Answer = _ =>
                (i % 3) switch
                {
                    0 => RecordingUpstream.Response(200, type, body),
                    1 => RecordingUpstream.Response(200, type, body, $"X-A: {line}", $"Location: /{line}", $"Set-Cookie: {line}"),
                    _ => Encoding.UTF8.GetBytes(
                        $"HTTP/1.1 {random.Next(200, 600)} {line}\r\nContent-Type: {line}\r\nContent-Encoding: {line}\r\nConnection: close\r\n\r\n{body}"
                    ),
                };

            AssertSound(await RawClient.GetAsync(gateway.Address, "/a", Cancellation), text);
        }
        await AssertAllEndedAsync(gateway);
    }

    [Fact]
    public async Task Random_bytes_from_both_sides()
    {
        await using var gateway = await StartAsync();
        var random = new Random(6);
        const string Sound =
            "POST /a?b=c HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\nConnection: close\r\n\r\n{\"a\":\"b\"}";
        var answer = RecordingUpstream.Response(200, "application/json", "{\"email\":\"jane@example.com\"}");
        for (var i = 0; i < 300 * Scale; i++)
        {
            var request = Damage(Encoding.Latin1.GetBytes(Sound), random);
            var damaged = Damage([.. answer], random);
            gateway.Upstream.Answer = _ => damaged;

            // A client whose head or body never comes to its end gives up.
            using var client = new System.Net.Sockets.TcpClient();
            await client.ConnectAsync("127.0.0.1", gateway.Address.Port, Cancellation);
            var stream = client.GetStream();
            using var received = new MemoryStream();
            try
            {
                await stream.WriteAsync(request, Cancellation);
                client.Client.Shutdown(System.Net.Sockets.SocketShutdown.Send);
                await stream.CopyToAsync(received, Cancellation);
            }
            catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException) { }
            AssertSound(Encoding.Latin1.GetString(received.ToArray()), Convert.ToHexString(request));
        }
        await AssertAllEndedAsync(gateway);
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        for (var n = random.Next(4); n > 0; n--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
        return random.Next(4) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
    }

    private static Task<GatewayFixture> StartAsync() =>
        GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            change: GatewayFixture.Personal(plan => plan with { ReadsRequestBody = true, Unmeasured = UnmeasuredWord.Allow })
        );

    private static void AssertSound(string answer, string input)
    {
        var isOwnFault =
            answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal)
            && answer.Contains("Content-Length: 0\r\n", StringComparison.Ordinal);
        Assert.False(isOwnFault, input);
        Assert.DoesNotContain("gate/guard-fault", answer);
    }

    private static async Task AssertAllEndedAsync(GatewayFixture gateway)
    {
        await Eventually.AsyncTrue(() => gateway.Gate.InFlight == 0 && gateway.HoldBudget.Held == 0, Cancellation);
        Assert.Empty(gateway.Findings.All);
    }

    // The text's UTF-8 bytes, for a client that sends Latin-1.
    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    private static string[] Strings()
    {
        if (PublicTestData.Find("naughty-strings") is { } folder)
        {
            return JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(folder, "blns.json")))!;
        }
        return
        [
            "",
            "\0",
            "undefined",
            "NaN",
            "1E+02",
            "\uFEFF",
            "\u202Etest",
            "Ω≈ç√∫˜µ≤≥÷",
            "👾 🙇 💁",
            "<script>alert(0)</script>",
            "' OR 1=1 -- 1",
            "../../../../etc/passwd",
            "%00%0a%2e%2e%2f",
            "() { :; }; touch /tmp/x",
            "{{7*7}}${7*7}",
            "\r\nX-Injected: 1",
        ];
    }
}
