using System.Net;
using Portcullis.Api;
using Portcullis.Api.Answers;
using Xunit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>The on-call loop: a refusal is explained, allowed for a while, and refused again.</summary>
public sealed class IncidentRouteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_is_explained_by_its_incident_id()
    {
        await using var gateway = await AdminFixture.StartAsync();
        await gateway.CallAsync("/people/7");
        var refusal = await gateway.CallAsync("/accounts/1");

        var incident = await ExplainAsync(gateway, refusal);

        Assert.Equal("GET /accounts/{id}", incident.Operation);
        Assert.Equal("admission/authentication-required", incident.Reason);
        Assert.Equal("refuse", incident.Verdict);
        Assert.Equal("network", incident.Rung);
        Assert.Equal(0, incident.UpstreamStatus);
        Assert.True(incident.CanBeAllowed);
        Assert.Contains("authentication: public", incident.Explanation);
        var nearby = Assert.Single(incident.Nearby);
        Assert.Equal("GET /people/{id}", nearby.Operation);
    }

    [Fact]
    public async Task An_allowance_covers_that_caller_rule_and_operation_until_its_end()
    {
        await using var gateway = await AdminFixture.StartAsync();
        var incident = AdminFixture.IncidentOf(await gateway.CallAsync("/accounts/1"));

        await AllowAsync(gateway, incident, "7d");

        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1"));
        gateway.Time.Advance(TimeSpan.FromDays(6));
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/2"));
        gateway.Time.Advance(TimeSpan.FromDays(2));
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
    }

    [Fact]
    public async Task An_allowance_can_be_ended_early()
    {
        await using var gateway = await AdminFixture.StartAsync();
        var incident = AdminFixture.IncidentOf(await gateway.CallAsync("/accounts/1"));
        await AllowAsync(gateway, incident, "7d");
        Assert.Single(await gateway.GetAsync("/v1/allowances", AdminJson.Default.AllowanceAnswerArray));

        var ended = await gateway.Http.DeleteAsync($"/v1/incidents/{incident}/allow", Cancellation);

        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        Assert.Empty(await gateway.GetAsync("/v1/allowances", AdminJson.Default.AllowanceAnswerArray));
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
    }

    [Fact]
    public async Task A_restriction_is_released_not_allowed()
    {
        await using var gateway = await AdminFixture.StartAsync();
        var key = gateway.IssueKey("partner");
        await gateway.PostAsync(
            "/v1/restrictions",
            new RestrictRequest("key:partner", "look into it"),
            AdminJson.Default.RestrictRequest,
            AdminJson.Default.RestrictionAnswer
        );
        var refusal = await gateway.CallAsync("/accounts/1", key);
        var incident = await ExplainAsync(gateway, refusal);

        var answer = await gateway.Http.PostAsync(
            $"/v1/incidents/{incident.Incident}/allow",
            new StringContent("""{"until":"7d"}""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation
        );

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.False(incident.CanBeAllowed);
        Assert.Contains("portcullis release", incident.Remedy);
    }

    [Theory]
    [InlineData("inc_0000000000000000", HttpStatusCode.NotFound)]
    [InlineData("inc_zz", HttpStatusCode.BadRequest)]
    [InlineData("7", HttpStatusCode.BadRequest)]
    public async Task An_id_that_names_no_exchange_is_not_found(string id, HttpStatusCode status)
    {
        await using var gateway = await AdminFixture.StartAsync();

        Assert.Equal(status, (await gateway.Http.GetAsync($"/v1/incidents/{id}", Cancellation)).StatusCode);
    }

    private static Task<IncidentAnswer> ExplainAsync(AdminFixture gateway, string refusal) =>
        gateway.GetAsync($"/v1/incidents/{AdminFixture.IncidentOf(refusal)}", AdminJson.Default.IncidentAnswer);

    private static Task<AllowanceAnswer> AllowAsync(AdminFixture gateway, string incident, string until) =>
        gateway.PostAsync(
            $"/v1/incidents/{incident}/allow",
            new AllowRequest(until, "quarterly report"),
            AdminJson.Default.AllowRequest,
            AdminJson.Default.AllowanceAnswer
        );
}
