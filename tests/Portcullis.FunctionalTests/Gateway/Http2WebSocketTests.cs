using System.Net;
using System.Net.WebSockets;
using Portcullis.Core;
using Portcullis.Core.Classification;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Web sockets over HTTP/2 (RFC 8441) are the GET that they are over HTTP/1.1.</summary>
public sealed class Http2WebSocketTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly RecordingUpstream _issuer = new(_ =>
        RecordingUpstream.Response(200, "application/json", """{"active":true,"sub":"ann"}""")
    );
    private EchoUpstream _upstream = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await EchoUpstream.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Opens_for_whom_the_operation_is_and_is_recorded_as_its_own()
    {
        await using var gateway = await StartAsync(UnmeasuredWord.Allow);
        using var socket = await ConnectAsync(gateway, "token");

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, Cancellation);
        var buffer = new byte[16];
        var received = await socket.ReceiveAsync(buffer, Cancellation);

        Assert.Equal("hello"u8.ToArray(), buffer[..received.Count]);
        var record = Assert.Single(gateway.Journal.Exchanges);
        Assert.Equal(ReleaseKind.Unmeasured, record.Release);
        Assert.Equal(0, record.Operation);
    }

    [Theory]
    [InlineData(UnmeasuredWord.Allow, null, HttpStatusCode.Unauthorized)]
    [InlineData(UnmeasuredWord.Refuse, "token", HttpStatusCode.BadGateway)]
    public async Task Stays_shut_to_strangers_and_where_nothing_unmeasured_leaves(
        UnmeasuredWord word,
        string? token,
        HttpStatusCode expected
    )
    {
        await using var gateway = await StartAsync(word);

        var fault = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(gateway, token));

        Assert.Contains(((int)expected).ToString(System.Globalization.CultureInfo.InvariantCulture), fault.Message);
    }

    [Fact]
    public async Task Tunnel_of_another_kind_is_not_served()
    {
        await using var gateway = await StartAsync(UnmeasuredWord.Allow);
        await using var connection = await RawHttp2.ConnectAsync(gateway.Address, Cancellation);

        await connection.SendAsync(
            RawHttp2.Headers,
            RawHttp2.EndHeaders,
            1,
            RawHttp2.Block([(":method", "CONNECT"), (":protocol", "connect-udp"), .. RawHttp2.Get("/feeds/1")[1..]]),
            Cancellation
        );

        Assert.Contains("not served", await connection.AnswerAsync(1, Cancellation));
    }

    private static async Task<ClientWebSocket> ConnectAsync(GatewayFixture gateway, string? token)
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        if (token is not null)
        {
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        }
        var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
        };
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        try
        {
            await socket.ConnectAsync(
                new UriBuilder(gateway.Address) { Scheme = "wss", Path = "/feeds/1" }.Uri,
                invoker,
                Cancellation
            );
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private Task<GatewayFixture> StartAsync(UnmeasuredWord word)
    {
        var (certificate, key) = CertificateFiles.SelfSigned(_folder.FullName, "localhost");
        var registry = new OperationRegistry();
        var plan = new OperationPlan
        {
            Operation = registry.TryAdd("test", "GET", "/feeds/{id}", isDeclared: true)!,
            ParameterNames = ["id"],
            Authentication = AuthenticationWord.Required,
            Unmeasured = word,
        };
        var learned = new LearnedOperations("test", registry, operation => new OperationPlan { Operation = operation });
        return GatewayFixture.StartAsync(
            _ => [],
            change: upstream =>
                upstream with
                {
                    Address = _upstream.Address,
                    Router = new DeclaredRouter([plan], learned, matchesLoosely: true),
                },
            settings: settings =>
                settings with
                {
                    Listen = [new Uri("https://127.0.0.1:0")],
                    CertificateFile = certificate,
                    KeyFile = key,
                },
            identity: new IdentityPlan
            {
                Introspection = new IntrospectionPlan
                {
                    Url = new Uri(_issuer.Address, "/introspect"),
                    ClientId = "gateway",
                    ClientSecret = new SecretText("secret"),
                    Issuer = new TokenIssuer(),
                },
            }
        );
    }
}
