using System.Net;
using Portcullis.Api;
using Portcullis.Api.Answers;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>Whose records went where: whosaw, callers, exposure.</summary>
public sealed class ExposureRouteTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+1 425-555-0107")]
    [InlineData("person7@example.com")]
    [InlineData("PERSON7@Example.com ")]
    [InlineData("90000007")]
    public async Task Whosaw_finds_a_person_by_any_alias(string subject)
    {
        await using var gateway = await AdminFixture.StartAsync(Person);
        var key = gateway.IssueKey("partner");
        await gateway.CallAsync("/accounts/7", key);
        await gateway.CallAsync("/accounts/8", key);

        var answer = await WhoSawAsync(gateway, subject);

        var seen = Assert.Single(answer.Exposures);
        Assert.Equal("GET /accounts/{id}", seen.Operation);
        Assert.Equal("apiKey", seen.Rung);
        Assert.Equal("released", seen.Outcome);
        Assert.Contains("phone", seen.Classes);
        Assert.Contains("email", seen.Classes);
    }

    [Fact]
    public async Task Whosaw_says_when_nobody_did()
    {
        await using var gateway = await AdminFixture.StartAsync(Person);
        await gateway.CallAsync("/accounts/7", gateway.IssueKey("partner"));

        Assert.Empty((await WhoSawAsync(gateway, "+14255550199")).Exposures);
    }

    [Fact]
    public async Task Exposure_counts_people_by_operation_for_a_key_by_name()
    {
        await using var gateway = await AdminFixture.StartAsync(Person);
        var key = gateway.IssueKey("partner");
        foreach (var id in new[] { 1, 2, 3, 3 })
        {
            await gateway.CallAsync($"/accounts/{id}", key);
        }

        var found = await gateway.PostAsync(
            "/v1/callers/find",
            new CallerNameRequest("key:partner"),
            AdminJson.Default.CallerNameRequest,
            AdminJson.Default.CallerNameAnswer
        );
        var exposure = await gateway.GetAsync($"/v1/callers/{found.Caller}/exposure", AdminJson.Default.ExposureAnswer);

        Assert.True(found.IsKnown);
        Assert.Equal(3, exposure.Caller.People);
        Assert.Equal(4, Assert.Single(exposure.Operations).Exchanges);
    }

    [Fact]
    public async Task Exposure_leaves_out_the_budgets_of_pools_that_the_caller_is_not_in()
    {
        var mine = new Budget
        {
            Name = "mine",
            Scope = BudgetScope.Caller,
            Limit = 5,
            Window = TimeSpan.FromDays(1),
        };
        var others = mine with { Name = "others", Pool = new Pool(BuiltInPools.FirstDeclared, "others", null) };
        await using var gateway = await AdminFixture.StartAsync(Person, [mine, others]);
        var key = gateway.IssueKey("partner");
        await gateway.CallAsync("/accounts/1", key);

        var found = await gateway.PostAsync(
            "/v1/callers/find",
            new CallerNameRequest("key:partner"),
            AdminJson.Default.CallerNameRequest,
            AdminJson.Default.CallerNameAnswer
        );
        var exposure = await gateway.GetAsync($"/v1/callers/{found.Caller}/exposure", AdminJson.Default.ExposureAnswer);

        Assert.Equal("mine", Assert.Single(exposure.Budgets).Name);
    }

    [Fact]
    public async Task A_budget_refusal_is_explained_with_its_numbers_and_allowed_for_its_caller_only()
    {
        var budget = new Budget
        {
            Name = "a-day",
            Scope = BudgetScope.Caller,
            Limit = 2,
            Window = TimeSpan.FromDays(1),
        };
        await using var gateway = await AdminFixture.StartAsync(Person, [budget]);
        var key = gateway.IssueKey("partner");
        var other = gateway.IssueKey("other");
        foreach (var id in new[] { 1, 2 })
        {
            Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync($"/accounts/{id}", key));
            Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync($"/accounts/{id}", other));
        }
        var refusal = await gateway.CallAsync("/accounts/3", key);
        Assert.StartsWith("HTTP/1.1 429", refusal);

        var id3 = AdminFixture.IncidentOf(refusal);
        var incident = await gateway.GetAsync($"/v1/incidents/{id3}", AdminJson.Default.IncidentAnswer);
        Assert.Equal(new BudgetAnswer("a-day", "caller", 2, 2, "1d"), Assert.Single(incident.Budgets));
        Assert.Equal(new BudgetAnswer("a-day", "caller", 2, 2, "1d"), incident.Exceeded);
        Assert.Contains("Budget `a-day` (caller) stood at 2 of 2 people in 1d", incident.Remedy, StringComparison.Ordinal);

        await gateway.PostAsync(
            $"/v1/incidents/{id3}/allow",
            new AllowRequest("7d"),
            AdminJson.Default.AllowRequest,
            AdminJson.Default.AllowanceAnswer
        );

        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/3", key));
        Assert.StartsWith("HTTP/1.1 429", await gateway.CallAsync("/people/4", key));
        Assert.StartsWith("HTTP/1.1 429", await gateway.CallAsync("/accounts/3", other));
    }

    [Fact]
    public async Task A_name_in_a_url_is_refused()
    {
        await using var gateway = await AdminFixture.StartAsync();

        var answer = await gateway.Http.GetAsync("/v1/callers/alice/exposure", Cancellation);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private static Task<WhoSawAnswer> WhoSawAsync(AdminFixture gateway, string subject) =>
        gateway.PostAsync(
            "/v1/whosaw",
            new WhoSawRequest(subject),
            AdminJson.Default.WhoSawRequest,
            AdminJson.Default.WhoSawAnswer
        );

    // GET /…/7 answers the record of person 7.
    private static byte[] Person(string head)
    {
        var id = head.Split(' ')[1].Split('/')[^1];
        return RecordingUpstream.Response(
            200,
            "application/json",
            $$"""{"accountId":"9000000{{id}}","name":"Ada Person","email":"person{{id}}@example.com","phone":"+1425555010{{id}}"}"""
        );
    }
}
