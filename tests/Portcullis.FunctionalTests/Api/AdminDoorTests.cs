using System.Net;
using System.Net.Http.Headers;
using Portcullis.Api;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>Who gets into the admin API.</summary>
public sealed class AdminDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_asks_for_the_token()
    {
        await using var gateway = await AdminFixture.StartAsync();
        gateway.Http.DefaultRequestHeaders.Authorization = null;

        foreach (var route in AdminApi.Routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path);
            var answer = await gateway.Http.SendAsync(request, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{route.Method} {route.Path}: {answer.StatusCode}");
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        }
    }

    [Theory]
    [InlineData("/openapi.json")]
    [InlineData("/nothing/here")]
    public async Task Strangers_do_not_learn_which_paths_exist(string path)
    {
        await using var gateway = await AdminFixture.StartAsync();
        gateway.Http.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Http.GetAsync(path, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("Bearer", "0123456789abcdef0123456789abcdee")]
    [InlineData("Bearer", "0123456789abcdef0123456789abcdef0")]
    [InlineData("Bearer", "x")]
    [InlineData("Basic", AdminFixture.Token)]
    public async Task A_wrong_token_is_refused(string scheme, string token)
    {
        await using var gateway = await AdminFixture.StartAsync();
        gateway.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(scheme, token);

        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Http.GetAsync("/v1/status", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Guessing_many_tokens_at_once_is_turned_away_while_the_right_one_passes()
    {
        await using var gateway = await AdminFixture.StartAsync();
        using var guesser = new HttpClient { BaseAddress = gateway.Http.BaseAddress };
        guesser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");

        var guesses = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => guesser.GetAsync("/v1/status", Cancellation)));

        Assert.All(
            guesses,
            answer => Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests)
        );
        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync("/v1/status", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("attacker.example", 421)]
    [InlineData("127.0.0.1.attacker.example", 421)]
    [InlineData("localhost.attacker.example", 421)]
    [InlineData("localhost", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("10.1.2.3:9090", 200)]
    [InlineData("gateway.internal:9090", 200)]
    public async Task Only_names_of_its_own_are_served(string host, int status)
    {
        await using var gateway = await AdminFixture.StartAsync(hosts: ["gateway.internal"]);

        var answer = await RawClient.SendAsync(
            gateway.Http.BaseAddress!,
            $"GET /v1/status HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {AdminFixture.Token}\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith($"HTTP/1.1 {status} ", answer);
        Assert.DoesNotContain("Access-Control-", answer);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Health_checks_need_no_token(string path)
    {
        await using var gateway = await AdminFixture.StartAsync();
        gateway.Http.DefaultRequestHeaders.Authorization = null;

        Assert.Equal(HttpStatusCode.OK, (await gateway.Http.GetAsync(path, Cancellation)).StatusCode);
    }
}
