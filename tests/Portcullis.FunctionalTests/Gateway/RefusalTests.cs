using Portcullis.Core;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>What a refused caller sees.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Func<UpstreamPlan, UpstreamPlan> Closed =>
        GatewayFixture.Personal(plan => plan with { Authentication = AuthenticationWord.Required });

    [Fact]
    public async Task Anonymous_caller_of_a_closed_operation_gets_problem_json_and_the_upstream_is_not_asked()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            change: Closed
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.StartsWith("HTTP/1.1 401", answer);
        Assert.Contains("WWW-Authenticate: Bearer\r\n", answer);
        Assert.Contains(
            "\"type\":\"about:blank\",\"title\":\"Authentication is required.\",\"status\":401,\"incident\":\"inc_",
            answer
        );
        Assert.Empty(gateway.Upstream.Requests);
        Assert.Single(gateway.Journal.Exchanges);
    }

    [Fact]
    public async Task Incident_id_leads_back_to_the_journal_record()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            change: Closed
        );
        await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        var at = answer.IndexOf("inc_", StringComparison.Ordinal);
        Assert.Equal(gateway.Journal.LastSequence, IncidentId.Parse(gateway.State.Keys, answer.Substring(at, 20)));
    }

    [Fact]
    public async Task Template_of_the_upstream_replaces_the_body()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            change: upstream =>
                Closed(upstream) with
                {
                    RefusalTemplate = "<e s='{status}'>{incident}</e>",
                    RefusalType = "application/xml",
                }
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.Contains("Content-Type: application/xml\r\n", answer);
        Assert.Contains("<e s='401'>inc_", answer);
    }

    [Fact]
    public async Task Withheld_answer_to_an_unsafe_method_says_that_it_was_executed()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/octet-stream", "x"),
            change: GatewayFixture.Personal()
        );

        var answer = await RawClient.SendAsync(
            gateway.Address,
            "POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.Contains("\"executed\":true", answer);
    }

    [Fact]
    public async Task Browser_may_read_a_refusal_where_the_upstream_lets_it_read_answers()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ =>
                RecordingUpstream.Response(
                    200,
                    "application/octet-stream",
                    "x",
                    "Access-Control-Allow-Origin: https://app.example",
                    "Access-Control-Allow-Credentials: true"
                ),
            change: GatewayFixture.Personal()
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation, "Origin: https://app.example");
        var early = await RawClient.GetAsync(gateway.Address, "/../1", Cancellation, "Origin: https://app.example");
        var stranger = await RawClient.GetAsync(gateway.Address, "/../1", Cancellation, "Origin: https://evil.example");

        Assert.Contains("Access-Control-Allow-Origin: https://app.example\r\n", answer);
        Assert.Contains("Access-Control-Allow-Origin: https://app.example\r\n", early);
        Assert.DoesNotContain("Access-Control-Allow-Origin", stranger);
    }

    [Fact]
    public async Task Nothing_of_the_withheld_answer_is_left_in_the_headers()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            _ =>
                RecordingUpstream.Response(
                    200,
                    "application/octet-stream",
                    "x",
                    "X-Customer: Jane",
                    "Set-Cookie: a=b",
                    "ETag: \"x\""
                ),
            change: GatewayFixture.Personal()
        );

        var answer = await RawClient.GetAsync(gateway.Address, "/1", Cancellation);

        Assert.DoesNotContain("Jane", answer);
        Assert.DoesNotContain("Set-Cookie", answer);
        Assert.DoesNotContain("ETag", answer);
    }
}
