using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>HTTP/2 frames that break the rules, or flood within them.</summary>
public sealed class HostileHttp2Tests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private GatewayFixture _gateway = null!;
    private RawHttp2 _connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Broken =>
        new()
        {
            { "connection", "close" },
            { "transfer-encoding", "chunked" },
            { "upgrade", "h2c" },
            { "keep-alive", "1" },
            { "proxy-connection", "keep-alive" },
            { "te", "gzip" },
            { "X-Upper", "1" },
            { "x y", "1" },
            { "x-a", "1\r\nx-b: 2" },
            { "x-a", "1\0" },
            { ":path", "/2" },
            { ":other", "1" },
            { ":status", "200" },
            { "", "1" },
        };

    public static TheoryData<string, string> BrokenHeads =>
        new()
        {
            { ":path", "" },
            { ":path", "*" },
            { ":path", "1" },
            { ":path", "http://x/1" },
            { ":path", "/a/../b" },
            { ":path", "/a b" },
            { ":path", "/a#b" },
            { ":authority", "x y" },
            { ":authority", "x@y" },
            { ":method", "G T" },
            { ":scheme", "gopher" },
        };

    public async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var (certificateFile, keyFile) = (Path.Combine(_folder.FullName, "c.pem"), Path.Combine(_folder.FullName, "k.pem"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), Cancellation);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), Cancellation);
        _gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{\"ok\":1}"),
            settings: settings =>
                settings with
                {
                    Listen = [new Uri("https://127.0.0.1:0")],
                    CertificateFile = certificateFile,
                    KeyFile = keyFile,
                }
        );
        _connection = await RawHttp2.ConnectAsync(_gateway.Address, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Plain_request_is_served()
    {
        await RequestAsync(1, RawHttp2.Get("/a%2Fb?x"));

        Assert.Equal("{\"ok\":1}", await _connection.AnswerAsync(1, Cancellation));
        Assert.True(_gateway.Upstream.Requests.TryDequeue(out var sent));
        Assert.StartsWith("GET /a%2Fb?x HTTP/1.1\r\n", sent);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Field_that_http2_forbids_never_reaches_the_upstream(string name, string value)
    {
        await RequestAsync(1, [.. RawHttp2.Get("/1"), (name, value)]);

        await _connection.AnswerAsync(1, Cancellation);

        if (_gateway.Upstream.Requests.TryDequeue(out var sent))
        {
            Assert.DoesNotContain($"\r\n{name}: {value}", sent, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("x-b", sent);
            Assert.StartsWith("GET /1 HTTP/1.1\r\n", sent);
        }
    }

    [Fact]
    public async Task Framing_of_http1_is_refused_in_http2()
    {
        await RequestAsync(1, [.. RawHttp2.Get("/1"), ("transfer-encoding", "chunked")]);

        Assert.Contains("inc_", await _connection.AnswerAsync(1, Cancellation));
        Assert.Empty(_gateway.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(BrokenHeads))]
    public async Task Pseudo_header_that_reads_two_ways_is_refused(string name, string value)
    {
        await RequestAsync(1, [.. RawHttp2.Get("/1").Select(field => field.Item1 == name ? (name, value) : field)]);

        Assert.DoesNotContain("\"ok\"", await _connection.AnswerAsync(1, Cancellation) ?? "");
        Assert.Empty(_gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Host_beside_the_authority_gives_way_to_what_was_judged()
    {
        await RequestAsync(1, [.. RawHttp2.Get("/1", "judged.example"), ("host", "other.example")]);

        await _connection.AnswerAsync(1, Cancellation);

        Assert.True(_gateway.Upstream.Requests.TryDequeue(out var sent));
        Assert.Contains("Host: judged.example\r\n", sent);
        Assert.DoesNotContain("other.example", sent);
    }

    [Fact]
    public async Task Body_of_another_length_than_said_is_no_request()
    {
        await RequestAsync(1, [(":method", "POST"), .. RawHttp2.Get("/1")[1..], ("content-length", "3")], RawHttp2.EndHeaders);
        await _connection.SendAsync(RawHttp2.Data, RawHttp2.EndStream, 1, "0123456789"u8.ToArray(), Cancellation);

        Assert.DoesNotContain("\"ok\"", await _connection.AnswerAsync(1, Cancellation) ?? "");
        Assert.DoesNotContain(_gateway.Upstream.Requests, request => request.Contains("3456789", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Streams_reset_as_fast_as_they_open_end_the_connection_and_leave_nothing()
    {
        await FloodAsync(async i =>
        {
            await RequestAsync(i * 2 + 1, RawHttp2.Get("/1"));
            await _connection.SendAsync(RawHttp2.Reset, 0, i * 2 + 1, [0, 0, 0, 8], Cancellation);
        });

        await AssertServesOthersAsync();
    }

    [Fact]
    public async Task Headers_that_never_end_end_the_connection()
    {
        await _connection.SendAsync(RawHttp2.Headers, 0, 1, RawHttp2.Block(RawHttp2.Get("/1")), Cancellation);
        var more = RawHttp2.Block(("x-more", new string('x', 8000)));
        await FloodAsync(_ => _connection.SendAsync(RawHttp2.Continuation, 0, 1, more, Cancellation));

        Assert.Empty(_gateway.Upstream.Requests);
        await AssertServesOthersAsync();
    }

    [Fact]
    public async Task Settings_without_end_keep_nobody_else_waiting()
    {
        await FloodAsync(_ => _connection.SendAsync(RawHttp2.Settings, 0, 0, [0, 3, 0, 0, 0, 100], Cancellation));

        await AssertServesOthersAsync();
    }

    private Task RequestAsync(int stream, (string, string)[] fields, byte flags = RawHttp2.EndHeaders | RawHttp2.EndStream) =>
        _connection.SendAsync(RawHttp2.Headers, flags, stream, RawHttp2.Block(fields), Cancellation);

    // Until the server has had enough.
    private static async Task FloodAsync(Func<int, Task> send, int most = 2_000)
    {
        try
        {
            for (var i = 0; i < most; i++)
            {
                await send(i);
            }
        }
        catch (IOException) { }
    }

    private async Task AssertServesOthersAsync()
    {
        await using var other = await RawHttp2.ConnectAsync(_gateway.Address, Cancellation);
        await other.SendAsync(
            RawHttp2.Headers,
            RawHttp2.EndHeaders | RawHttp2.EndStream,
            1,
            RawHttp2.Block(RawHttp2.Get("/other")),
            Cancellation
        );
        Assert.Equal("{\"ok\":1}", await other.AnswerAsync(1, Cancellation));
        await Eventually.AsyncTrue(() => _gateway.Gate.InFlight == 0 && _gateway.HoldBudget.Held == 0, Cancellation);
    }
}
