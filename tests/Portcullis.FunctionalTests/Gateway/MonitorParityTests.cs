using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A monitored answer is byte for byte what bare YARP answers, whatever the gate would have done.</summary>
public sealed partial class MonitorParityTests
{
    private const string Person =
        "{\"accountId\":\"1001\",\"name\":\"Jane Doe\",\"email\":\"jane@example.com\",\"phone\":\"+14255550100\"}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Answers =>
        new()
        {
            {
                "GET",
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Person.Length}\r\nETag: \"x\"\r\n\r\n{Person}"
            },
            {
                "GET",
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{Person.Length:x}\r\n{Person}\r\n0\r\n\r\n"
            },
            {
                "GET",
                "HTTP/1.1 206 Partial Content\r\nContent-Type: application/json\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\n{\""
            },
            { "GET", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n" },
            { "GET", "HTTP/1.1 204 No Content\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n" },
            { "GET", "HTTP/1.1 500 Oops\r\nContent-Type: text/html; charset=iso-8859-1\r\nContent-Length: 4\r\n\r\nboom" },
            { "GET", "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n" },
            { "HEAD", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n" },
            { "GET", "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\ndata: 1\n\ndata: 2\n\n" },
            {
                "GET",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: zip\r\nContent-Length: 3\r\n\r\nabc"
            },
        };

    public static TheoryData<string, string> Odd =>
        new()
        {
            // HTTP/1.0 on either side, without a length, with the connection as the end.
            { "GET /1 HTTP/1.0\r\n\r\n", $"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{Person}" },
            {
                "GET /1 HTTP/1.0\r\nHost: x\r\n\r\n",
                $"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 3\r\n\r\na,b"
            },
            // Refusals the gate would make.
            { "GET /a/../b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" },
            {
                "GET /a%2Fb//c HTTP/1.1\r\nHost: x\r\nX-Original-URL: /z\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 404 Gone Home\r\nContent-Length: 0\r\n\r\n"
            },
            { "OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 204 No Content\r\nAllow: GET\r\n\r\n" },
            {
                "GET http://x/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            },
            // Interim answers, trailers, words of its own, empty and repeated headers.
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nTE: trailers\r\nConnection: close\r\n\r\n",
                $"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\nHTTP/1.1 200 Jane\r\nContent-Type: application/json\r\nTrailer: X-T\r\nTransfer-Encoding: chunked\r\n\r\n{Person.Length:x}\r\n{Person}\r\n0\r\nX-T: 1\r\n\r\n"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX-A:\r\nX-B: 1\r\nX-B: 2\r\nVia: 1.1 x\r\nServer: y\r\nContent-Length: 0\r\n\r\n"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic\r\nWWW-Authenticate: Bearer\r\nContent-Length: 2\r\n\r\nno"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {Person.Length}\r\n\r\n{Person}"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n\u001f\u008b\u0008"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\n\u001f"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 500 No\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"broken\""
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            },
            {
                "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\nxx"
            },
            { "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "not HTTP at all" },
            // Bodies of requests.
            {
                "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello",
                "HTTP/1.1 201 Made\r\nLocation: /1\r\nContent-Length: 0\r\n\r\n"
            },
            {
                "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            },
            {
                "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{\"a\":1,",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            },
            {
                "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            },
            { "DELETE /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n" },
            {
                "POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
            },
        };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task Odd_exchange_ends_as_with_bare_yarp(string request, string answer)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => Encoding.Latin1.GetBytes(answer),
            Mode.Monitor,
            GatewayFixture.Personal(plan => plan with { ReadsRequestBody = true })
        );
        await using var yarp = await BareYarp.StartAsync(gateway.Upstream.Address);

        var expected = await RawClient.SendAsync(yarp.Address, request, Cancellation);
        var actual = await RawClient.SendAsync(gateway.Address, request, Cancellation);

        Assert.Equal(WithoutDate(expected), WithoutDate(actual));
        // And both were asked: for the same, except that the gate sends a target as it came where bare YARP tidies it up.
        var asked = gateway.Upstream.Requests.Select(sent => sent.Split("\r\n")[0]).ToArray();
        Assert.Equal(2, asked.Length);
        Assert.Contains(asked[1], new[] { asked[0], request.Split("\r\n")[0] });
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_is_the_one_bare_yarp_gives(string method, string answer)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => Encoding.Latin1.GetBytes(answer),
            Mode.Monitor,
            GatewayFixture.Personal()
        );
        await using var yarp = await BareYarp.StartAsync(gateway.Upstream.Address);
        var request =
            $"{method} /accounts/1?x=1 HTTP/1.1\r\nHost: api.example\r\nRange: bytes=0-1\r\nIf-None-Match: \"x\"\r\nConnection: close\r\n\r\n";

        var expected = await RawClient.SendAsync(yarp.Address, request, Cancellation);
        var actual = await RawClient.SendAsync(gateway.Address, request, Cancellation);

        Assert.Equal(WithoutDate(expected), WithoutDate(actual));
    }

    [Fact]
    public async Task Compressed_answer_keeps_its_bytes()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Person));
        }
        var head =
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n";
        byte[] answer = [.. Encoding.ASCII.GetBytes(head), .. packed.ToArray()];
        await using var gateway = await GatewayFixture.StartAsync(_ => answer, Mode.Monitor, GatewayFixture.Personal());
        await using var yarp = await BareYarp.StartAsync(gateway.Upstream.Address);

        var expected = await RawClient.GetAsync(yarp.Address, "/accounts/1", Cancellation, "Accept-Encoding: gzip");
        var actual = await RawClient.GetAsync(gateway.Address, "/accounts/1", Cancellation, "Accept-Encoding: gzip");

        Assert.Equal(WithoutDate(expected), WithoutDate(actual));
        Assert.NotEmpty(gateway.Journal.Exchanges.Single().Items);
    }

    private static string WithoutDate(string answer) => DateHeader().Replace(answer, "Date: -\r\n");

    [GeneratedRegex("Date: [^\r]*\r\n")]
    private static partial Regex DateHeader();
}
