using System.Net;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>What is judged is what is sent, byte for byte at a recording upstream.</summary>
public sealed class WhatIsSentTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/a%2Fb/c")]
    [InlineData("/a%2fb?x=%2F&y=a+b&&z")]
    [InlineData("/..a%2F...%2Fb..%2F")]
    [InlineData("/caf%C3%A9;v=1/(x)'*!$,@:=~")]
    [InlineData("/a?q=%7B%22a%22%3A1%7D")]
    public async Task Target_reaches_the_upstream_unchanged(string target)
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await RawClient.GetAsync(gateway.Address, target, Cancellation);

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.StartsWith($"GET {target} HTTP/1.1\r\n", request);
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a/%2e%2e/b")]
    [InlineData("/a/%2E/b")]
    [InlineData("/public/x%2F..%2F..%2Faccounts%2F300000002")]
    [InlineData("/a/..%2Fb")]
    [InlineData("/a/b%2f%2E;v=1%2Fc")]
    [InlineData("/a//b")]
    [InlineData("/a%00b")]
    [InlineData("/a%0d%0ab")]
    [InlineData("/a%252e")]
    [InlineData("/a%5cb")]
    [InlineData("/a%zz")]
    [InlineData("/a%2")]
    [InlineData("/a#b")]
    public async Task Target_that_reads_two_ways_is_refused(string target)
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await RawClient.GetAsync(gateway.Address, target, Cancellation);

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Theory]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-Original-URL: /admin")]
    [InlineData("X-Rewrite-URL: /admin")]
    [InlineData("Content-Type: a/b\r\nContent-Type: c/d")]
    public async Task Header_that_overrides_what_was_judged_is_refused(string header)
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await RawClient.GetAsync(gateway.Address, "/a", Cancellation, header);

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("application/problem+json", answer);
        Assert.Contains("\"incident\":\"inc_", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Ranges_and_conditions_are_not_asked_of_the_upstream_when_enforcing()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        await RawClient.GetAsync(
            gateway.Address,
            "/a",
            Cancellation,
            "Range: bytes=0-1",
            "If-None-Match: \"x\"",
            "Accept-Encoding: gzip, compress, br;q=0.5"
        );

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.DoesNotContain("Range:", request);
        Assert.DoesNotContain("If-None-Match:", request);
        Assert.Contains("Accept-Encoding: gzip, br;q=0.5\r\n", request);
    }

    [Fact]
    public async Task Monitored_requests_are_forwarded_as_they_came()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(206, "application/json", "{}", "Content-Range: bytes 0-1/9"),
            Mode.Monitor
        );

        var answer = await RawClient.GetAsync(
            gateway.Address,
            "/a",
            Cancellation,
            "Range: bytes=0-1",
            "Accept-Encoding: compress"
        );

        Assert.StartsWith("HTTP/1.1 206", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.Contains("Range: bytes=0-1\r\n", request);
        Assert.Contains("Accept-Encoding: compress\r\n", request);
    }

    [Fact]
    public async Task Forwarding_headers_of_strangers_are_dropped()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        await RawClient.GetAsync(gateway.Address, "/a", Cancellation, "X-Forwarded-For: 1.2.3.4", "Forwarded: for=1.2.3.4");

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.DoesNotContain("1.2.3.4", request);
        Assert.Contains("X-Forwarded-For: 127.0.0.1\r\n", request);
    }

    [Theory]
    [InlineData(Mode.Enforce)]
    [InlineData(Mode.Monitor)]
    public async Task Head_reaches_the_upstream_in_the_order_of_the_server(Mode mode)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            mode
        );

        await RawClient.SendAsync(
            gateway.Address,
            "GET /a HTTP/1.1\r\nX-Own: 1\r\nUser-Agent: u\r\nHost: Api.example:8080\r\nAccept: */*\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.Equal(
            "GET /a HTTP/1.1\r\nAccept: */*\r\nHost: Api.example:8080\r\nUser-Agent: u\r\nX-Own: 1\r\n"
                + "X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: Api.example:8080\r\n\r\n",
            request
        );
    }

    [Theory]
    [InlineData(Mode.Enforce)]
    [InlineData(Mode.Monitor)]
    public async Task International_host_is_sent_as_it_came(Mode mode)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            mode
        );

        await RawClient.SendAsync(
            gateway.Address,
            "GET /a HTTP/1.1\r\nHost: xn--fsqu00a.example\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.Contains("\r\nHost: xn--fsqu00a.example\r\n", request);
        Assert.Contains("X-Forwarded-Host: xn--fsqu00a.example\r\n", request);
    }

    [Fact]
    public async Task Host_that_cannot_be_one_is_not_sent()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "GET /a HTTP/1.1\r\nHost: foo!bar\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Chain_that_a_trusted_proxy_began_is_continued()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            trustedProxies: [IPNetwork.Parse("127.0.0.0/8")]
        );

        await RawClient.GetAsync(
            gateway.Address,
            "/a",
            Cancellation,
            "X-Forwarded-For: 1.2.3.4",
            "X-Forwarded-For: 5.6.7.8",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Prefix: /p"
        );

        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.Contains("X-Forwarded-For: 1.2.3.4, 5.6.7.8, 127.0.0.1\r\n", request);
        Assert.Contains("X-Forwarded-Proto: https\r\n", request);
        Assert.DoesNotContain("X-Forwarded-Proto: http\r\n", request);
        Assert.Contains("X-Forwarded-Prefix: /p\r\n", request);
        Assert.Contains("X-Forwarded-Host: 127.0.0.1\r\n", request);
    }

    [Fact]
    public async Task Upstream_that_breaks_off_never_shows_half_an_answer()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ =>
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"name\":\"half"u8.ToArray()
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/a", Cancellation);

        Assert.StartsWith("HTTP/1.1 502", answer);
        Assert.DoesNotContain("half", answer);
    }

    [Fact]
    public async Task Head_is_asked_and_judged_as_get()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ =>
            RecordingUpstream.Response(200, "application/json", "{\"a\":1}")
        );

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.EndsWith("\r\n\r\n", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.StartsWith("GET /a ", request);
    }

    [Fact]
    public async Task Head_that_alone_is_declared_is_sent_as_it_is()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"u8.ToArray(),
            change: GatewayFixture.Personal(plan =>
                plan with
                {
                    Operation = new Operation(0, "test", "HEAD", "/{id}", isDeclared: true),
                }
            )
        );

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.StartsWith("HEAD /a ", request);
    }

    [Theory]
    [InlineData("POST", "application/x-www-form-urlencoded", "_method=DELETE")]
    [InlineData("POST", "Application/X-WWW-Form-Urlencoded; charset=utf-8", "a=1&%5Fmethod=DELETE&b=2")]
    [InlineData("PUT", "application/x-www-form-urlencoded", "a=1;_%6d%65thod")]
    [InlineData("POST", "application/x-www-form-urlencoded", "a=1& %20+%20+%20+%20+%20+%20+_method=put")]
    [InlineData("POST", "application/x-www-form-urlencoded", ".method=DELETE")]
    [InlineData("POST", "application/x-www-form-urlencoded", "_method%00x=DELETE")]
    public async Task Form_that_overrides_the_method_is_refused(string method, string type, string form)
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await SendFormAsync(gateway, method, type, form);

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Contains("\"incident\":\"inc_", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "a=_method&_methods=1&my_method=2&__method=3&_Method=4&method=5&=")]
    [InlineData("application/x-www-form-urlencoded", "")]
    [InlineData("text/plain", "_method=DELETE")]
    public async Task Form_without_an_override_is_sent_unchanged(string type, string form)
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await SendFormAsync(gateway, "POST", type, form);

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.True(gateway.Upstream.Requests.TryDequeue(out var request));
        Assert.StartsWith("POST /a ", request);
        Assert.EndsWith("\r\n\r\n" + form, request);
    }

    [Fact]
    public async Task Form_that_overrides_the_method_passes_while_monitoring()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            Mode.Monitor
        );

        var answer = await SendFormAsync(gateway, "POST", "application/x-www-form-urlencoded", "_method=DELETE");

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.Equal(VerdictKind.Refuse, Assert.Single(gateway.Journal.Exchanges).Verdict);
    }

    [Theory]
    [InlineData(Mode.Enforce, true, true)]
    [InlineData(Mode.Monitor, true, false)]
    // What no guard asks for is not held.
    [InlineData(Mode.Enforce, false, false)]
    public async Task JSON_that_names_a_member_twice_is_refused_where_the_gate_holds_it(Mode mode, bool isHeld, bool isRefused)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            mode,
            GatewayFixture.Personal(plan => plan with { ReadsRequestBody = isHeld, Mode = mode })
        );

        var answer = await SendFormAsync(gateway, "POST", "application/json", """{"to":1,"\u0074o":2}""");

        Assert.StartsWith(isRefused ? "HTTP/1.1 400" : "HTTP/1.1 200", answer);
        Assert.Equal(isRefused ? 0 : 1, gateway.Upstream.Requests.Count);
        Assert.Equal(isHeld ? VerdictKind.Refuse : VerdictKind.Allow, Assert.Single(gateway.Journal.Exchanges).Verdict);
    }

    [Theory]
    [InlineData("application/json", "{\"to\":1,", "HTTP/1.1 400", Mode.Enforce)]
    [InlineData("application/json", "{\"to\":1,", "HTTP/1.1 200", Mode.Monitor)]
    [InlineData("application/json; charset=utf-16", "{}", "HTTP/1.1 415", Mode.Enforce)]
    [InlineData("application/json; charset=utf-16", "{}", "HTTP/1.1 200", Mode.Monitor)]
    [InlineData("application/json\r\nContent-Encoding: gzip", "{}", "HTTP/1.1 415", Mode.Enforce)]
    [InlineData("application/json\r\nContent-Encoding: gzip", "{}", "HTTP/1.1 200", Mode.Monitor)]
    public async Task JSON_that_the_gate_holds_and_cannot_read_is_refused(string type, string body, string expected, Mode mode)
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            mode,
            GatewayFixture.Personal(plan => plan with { ReadsRequestBody = true, Mode = mode })
        );

        var answer = await SendFormAsync(gateway, "POST", type, body);

        Assert.StartsWith(expected, answer);
        Assert.Equal(mode == Mode.Enforce ? 0 : 1, gateway.Upstream.Requests.Count);
        Assert.Equal(VerdictKind.Refuse, Assert.Single(gateway.Journal.Exchanges).Verdict);
    }

    [Fact]
    public async Task Form_that_is_compressed_is_refused()
    {
        await using var gateway = await GatewayFixture.StartAsync(_ => RecordingUpstream.Response(200, "application/json", "{}"));

        var answer = await SendFormAsync(gateway, "POST", "application/x-www-form-urlencoded\r\nContent-Encoding: gzip", "abc");

        Assert.StartsWith("HTTP/1.1 400", answer);
        Assert.Empty(gateway.Upstream.Requests);
    }

    private static Task<string> SendFormAsync(GatewayFixture gateway, string method, string type, string form) =>
        RawClient.SendAsync(
            gateway.Address,
            $"{method} /a HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: {form.Length}\r\nConnection: close\r\n\r\n{form}",
            Cancellation
        );
}
