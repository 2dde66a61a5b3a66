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
