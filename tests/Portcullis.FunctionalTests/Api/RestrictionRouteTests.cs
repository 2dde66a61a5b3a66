using System.Net;
using Portcullis.Api;
using Portcullis.Api.Answers;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>Containment by hand: restrict, release, bypass, switch.</summary>
public sealed class RestrictionRouteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restricted_caller_is_stopped_at_once_and_let_back_by_release()
    {
        await using var gateway = await AdminFixture.StartAsync();
        var partner = gateway.IssueKey("partner");
        var other = gateway.IssueKey("other");
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1", partner));

        var restriction = await gateway.PostAsync(
            "/v1/restrictions",
            new RestrictRequest("key:partner", "walks through account numbers", "1h"),
            AdminJson.Default.RestrictRequest,
            AdminJson.Default.RestrictionAnswer
        );

        Assert.StartsWith("HTTP/1.1 403", await gateway.CallAsync("/accounts/1", partner));
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1", other));
        var listed = await gateway.GetAsync("/v1/restrictions", AdminJson.Default.RestrictionAnswerArray);
        Assert.Equal(restriction, Assert.Single(listed));

        var released = await gateway.Http.DeleteAsync($"/v1/restrictions/{restriction.Target}", Cancellation);
        Assert.Equal(HttpStatusCode.OK, released.StatusCode);
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1", partner));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await gateway.Http.DeleteAsync($"/v1/restrictions/{restriction.Target}", Cancellation)).StatusCode
        );
    }

    [Fact]
    public async Task A_restriction_ends_by_itself()
    {
        await using var gateway = await AdminFixture.StartAsync();
        var key = gateway.IssueKey("partner");
        await gateway.PostAsync(
            "/v1/restrictions",
            new RestrictRequest("key:partner", "look into it", "1h"),
            AdminJson.Default.RestrictRequest,
            AdminJson.Default.RestrictionAnswer
        );

        gateway.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.StartsWith("HTTP/1.1 403", await gateway.CallAsync("/accounts/1", key));
        gateway.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1", key));
    }

    [Fact]
    public async Task A_network_can_be_restricted()
    {
        await using var gateway = await AdminFixture.StartAsync();

        await gateway.PostAsync(
            "/v1/restrictions",
            new RestrictRequest("network:127.0.0.77", "stuffing", null),
            AdminJson.Default.RestrictRequest,
            AdminJson.Default.RestrictionAnswer
        );

        Assert.StartsWith("HTTP/1.1 403", await gateway.CallAsync("/people/1"));
    }

    [Theory]
    [InlineData("""{"target":"key:partner","why":""}""")]
    [InlineData("""{"target":"key:partner"}""")]
    [InlineData("""{"target":"","why":"x"}""")]
    [InlineData("""{"target":"key:partner","why":"x","until":"soon"}""")]
    [InlineData("""{"target":"key:partner","why":"x","until":"2001-01-01T00:00:00Z"}""")]
    [InlineData("""{"target":"key:partner","why":"x","unknown":1}""")]
    [InlineData("""{"target":null,"why":"x"}""")]
    [InlineData("""[1]""")]
    [InlineData("""{""")]
    [InlineData("")]
    public async Task What_cannot_be_used_is_refused_without_repeating_it(string body)
    {
        await using var gateway = await AdminFixture.StartAsync();
        gateway.IssueKey("partner");

        var answer = await gateway.Http.PostAsync(
            "/v1/restrictions",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("partner", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(0, gateway.State.Restrictions.Count);
    }

    [Fact]
    public async Task A_body_over_64_kib_is_refused()
    {
        await using var gateway = await AdminFixture.StartAsync();

        var answer = await gateway.Http.PostAsync(
            "/v1/restrictions",
            new StringContent($$"""{"target":"{{new string('x', 100_000)}}"}""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_bypass_lets_the_operation_pass_and_ends_by_itself()
    {
        await using var gateway = await AdminFixture.StartAsync();
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));

        var answer = await gateway.PostAsync(
            "/v1/operations/0/bypass",
            new BypassRequest("15m", "release of the app"),
            AdminJson.Default.BypassRequest,
            AdminJson.Default.OperationAnswer
        );

        Assert.Equal("monitor", answer.Mode);
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1"));
        gateway.Time.Advance(TimeSpan.FromMinutes(16));
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
        var operations = await gateway.GetAsync("/v1/operations", AdminJson.Default.OperationAnswerArray);
        Assert.Equal("enforce", operations[0].Mode);
        Assert.Null(operations[0].Until);
    }

    [Theory]
    [InlineData("25h")]
    [InlineData("0m")]
    [InlineData("-5m")]
    [InlineData("15")]
    public async Task A_bypass_longer_than_a_day_or_of_no_length_is_refused(string duration)
    {
        await using var gateway = await AdminFixture.StartAsync();

        var answer = await gateway.Http.PostAsync(
            "/v1/operations/0/bypass",
            new StringContent($$"""{"for":"{{duration}}","why":"x"}""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_demoted_operation_only_records_until_it_is_promoted()
    {
        await using var gateway = await AdminFixture.StartAsync();

        await SetAsync(gateway, "monitor");
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1"));
        await SetAsync(gateway, "enforce");
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
        await SetAsync(gateway, "policy");
        Assert.Equal(Mode.Enforce, gateway.State.Policy.Mode);
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
    }

    private static Task<OperationAnswer> SetAsync(AdminFixture gateway, string mode) =>
        gateway.PostAsync(
            "/v1/operations/0/mode",
            new ModeRequest(mode, "rehearsal"),
            AdminJson.Default.ModeRequest,
            AdminJson.Default.OperationAnswer
        );
}
