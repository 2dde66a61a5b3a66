using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Requests that two parsers could read differently are refused, and the upstream never sees a byte of them.</summary>
public sealed class HostileRequestTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n\r\nabcd")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\nabcd")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\nabcd")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nabcd")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST /1 HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    public async Task Framing_conflict_is_refused(string request) =>
        await RefusesAsync(request.Replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n", StringComparison.Ordinal));

    [Theory]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x y\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x@y\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x/y\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://evil.example/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET http://x/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\nConnection: close\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET 1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET ?x=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET  HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1\tHTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    public async Task Host_or_target_that_reads_two_ways_is_refused(string request) => await RefusesAsync(request);

    [Theory]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n 2\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nX-A: 1\0\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nX\0-A: 1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nX-A: 1\rX-B: 2\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nX-A: 1\nX-B: 2\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\nHost: x\nConnection: close\n\n")]
    [InlineData("GET /1 HTTP/1.1\r\n Host: x\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\n: 1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nX A: 1\r\nConnection: close\r\n\r\n")]
    [InlineData("GET /1 HTTP/1.1\r\nHost: x\r\nno colon\r\nConnection: close\r\n\r\n")]
    public async Task Malformed_header_line_is_refused(string request) => await RefusesAsync(request);

    [Theory]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("x-http-method-override:")]
    [InlineData("X-HTTP-Method: DELETE")]
    [InlineData("X-Method-Override: DELETE")]
    [InlineData("X-Original-URL: /admin")]
    [InlineData("X-REWRITE-URL: /admin")]
    [InlineData("X-Original-URI: /admin")]
    [InlineData("X-Forwarded-Path: /admin")]
    [InlineData("X-HTTP-Host-Override: admin")]
    [InlineData("Authorization: Bearer a\r\nAuthorization: Bearer b")]
    [InlineData("Authorization: NTLM TlRMTVNTUAABAAAA")]
    [InlineData("Authorization: Negotiate TlRMTVNTUAABAAAA")]
    public async Task Header_that_would_change_what_was_judged_is_refused(string header) =>
        await RefusesAsync($"POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n{header}\r\nConnection: close\r\n\r\n");

    [Theory]
    [InlineData("X_HTTP_Method_Override: DELETE")]
    [InlineData("X_Original_URL: /admin")]
    [InlineData("X-Original_URL: /admin")]
    [InlineData("Content_Type: text/xml")]
    [InlineData("Transfer_Encoding: chunked")]
    [InlineData("X_Forwarded_For: 10.0.0.1")]
    public async Task Header_that_some_servers_read_under_a_guarded_name_ends_at_the_gate(string header)
    {
        await using var gateway = await StartAsync();

        await RawClient.GetAsync(gateway.Address, "/1", Cancellation, header, "api_key: kept");

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.DoesNotContain(header, request);
        Assert.Contains("api_key: kept\r\n", request);
    }

    [Fact]
    public async Task Length_written_oddly_is_sent_plainly()
    {
        await using var gateway = await StartAsync();

        await RawClient.SendAsync(
            gateway.Address,
            "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\nConnection: close\r\n\r\nabcd",
            Cancellation
        );

        if (gateway.Upstream.Requests.TryDequeue(out var request))
        {
            Assert.Contains("Content-Length: 4\r\n", request);
        }
    }

    [Theory]
    [InlineData("/1?_method=DELETE")]
    [InlineData("/1?x=1;_method=DELETE")]
    [InlineData("/1?x;_method=DELETE")]
    [InlineData("/1?x;y=1;%5Fmethod;z")]
    [InlineData("/1?a=1&%5Fmethod=DELETE")]
    [InlineData("/%c0%ae%c0%ae/1")]
    [InlineData("/%c0%afetc")]
    [InlineData("/%ff")]
    [InlineData("/%ed%a0%80")]
    [InlineData("/a/..;/b")]
    [InlineData("/a/..%3bx=1/b")]
    [InlineData("/a/.;x/b")]
    [InlineData("/a%2e%2E/../b")]
    [InlineData("/%2e./b")]
    [InlineData("/a\\b")]
    [InlineData("/a?x=%00")]
    [InlineData("/a%")]
    [InlineData("//evil.example/a")]
    public async Task Target_that_another_parser_could_read_differently_is_refused(string target) =>
        await RefusesAsync($"POST {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    [Theory]
    [InlineData("/a;p=1;q/b;c")]
    [InlineData("/A%2fb%2F%7E%7e")]
    [InlineData("/a?a=1&a=2;b=3&&=&x")]
    [InlineData("/a?redirect=https%3A%2F%2Fapp.example%2Fcb%3Fnext%3D%252Fhome")]
    [InlineData("/graphql?query=%7B%0A%20%20me%20%7B%20id%20%7D%0D%0A%09%7D")]
    [InlineData("/a?q=caf%E9")]
    [InlineData("/a??b/../c")]
    [InlineData("/")]
    [InlineData("/a/")]
    public async Task Odd_target_that_reads_one_way_reaches_the_upstream_unchanged(string target)
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.GetAsync(gateway.Address, target, Cancellation);

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.StartsWith($"GET {target} HTTP/1.1\r\n", request);
    }

    [Fact]
    public async Task Longest_target_is_judged_and_sent_whole_and_a_longer_one_is_refused()
    {
        await using var gateway = await StartAsync();
        var longest = "/a?q=" + new string('x', 8000);

        var passed = await RawClient.GetAsync(gateway.Address, longest, Cancellation);
        var refused = await RawClient.GetAsync(gateway.Address, longest + new string('x', 400), Cancellation);

        Assert.StartsWith("HTTP/1.1 200", passed);
        Assert.StartsWith("HTTP/1.1 414", refused);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.StartsWith($"GET {longest} HTTP/1.1\r\n", request);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Header_that_connection_names_is_judged_and_sent_alike()
    {
        await using var gateway = await StartAsync();

        await RawClient.GetAsync(gateway.Address, "/1", Cancellation, "Authorization: Bearer a", "Connection: Authorization");

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.Contains("Authorization: Bearer a\r\n", request);
        Assert.DoesNotContain("Connection: Authorization", request);
    }

    [Theory]
    [InlineData("Connection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA")]
    [InlineData("TE: trailers, gzip\r\nKeep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\nConnection: close")]
    public async Task Hop_by_hop_headers_end_at_the_gate(string headers)
    {
        await using var gateway = await StartAsync();

        await RawClient.SendAsync(gateway.Address, $"GET /1 HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n", Cancellation);

        if (gateway.Upstream.Requests.TryDequeue(out var request))
        {
            foreach (var name in new[] { "Upgrade:", "HTTP2-Settings:", "Keep-Alive:", "Proxy-Connection:", "gzip" })
            {
                Assert.DoesNotContain(name, request, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Theory]
    [InlineData("5;ext=\"a\"\r\nhello\r\n0\r\n\r\n", "hello")]
    [InlineData("5\r\nhello\r\n0\r\nX-Trailer: secret\r\n\r\n", "hello")]
    public async Task Chunked_body_is_framed_anew(string body, string content)
    {
        await using var gateway = await StartAsync();

        await RawClient.SendAsync(
            gateway.Address,
            $"POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{body}",
            Cancellation
        );

        await Eventually.AsyncTrue(() => !gateway.Upstream.Requests.IsEmpty, Cancellation);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.DoesNotContain("ext=", request);
        Assert.DoesNotContain("X-Trailer", request);
        Assert.EndsWith($"\r\n\r\n{content.Length:x}\r\n{content}\r\n0\r\n\r\n", request);
    }

    [Theory]
    [InlineData("5\nhello\n0\n\n")]
    [InlineData("5;a\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("5 \r\nhello!\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n")]
    public async Task Malformed_chunks_never_become_a_second_request(string body)
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(
            gateway.Address,
            $"POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n{body}GET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.DoesNotContain("HTTP/1.1 200", answer);
        Assert.DoesNotContain(gateway.Upstream.Requests, request => request.Contains("smuggled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pipelined_requests_are_judged_one_by_one()
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /a/../2 HTTP/1.1\r\nHost: x\r\n\r\nGET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.Equal(["200", "400", "200"], answer.Split("HTTP/1.1 ")[1..].Select(part => part[..3]));
        Assert.Equal(3, gateway.Journal.Exchanges.Count);
        Assert.Equal(2, gateway.Upstream.Requests.Count);
    }

    [Fact]
    public async Task Header_bytes_beyond_ascii_reach_the_upstream_as_they_came()
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation, "X-Name: Jos\u00C3\u00A9");

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.Contains("X-Name: Jos\u00C3\u00A9\r\n", request);
    }

    private static Task<GatewayFixture> StartAsync() =>
        GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

    private static async Task RefusesAsync(string request)
    {
        await using var gateway = await StartAsync();

        var answer = await RawClient.SendAsync(gateway.Address, request, Cancellation);

        Assert.Empty(gateway.Upstream.Requests);
        Assert.Matches("^(HTTP/1.1 (4|501))|^$", answer);
        Assert.DoesNotContain("HTTP/1.1 2", answer);
    }
}
