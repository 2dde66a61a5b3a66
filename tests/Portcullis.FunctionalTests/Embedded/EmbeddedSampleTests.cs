using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Portcullis.AspNetCore;
using Portcullis.Sample.Embedded;
using Xunit;

namespace Portcullis.FunctionalTests.Embedded;

/// <summary>The gate inside an application, as the embedded sample has it.</summary>
public sealed class EmbeddedSampleTests : IAsyncLifetime
{
    private readonly WebApplication _app = CustomersApi.Build(["--urls", "http://127.0.0.1:0"]);
    private readonly HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_app.Urls.First());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_stranger_gets_no_record()
    {
        var answer = await _client.GetAsync("/customers/C-1001", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_stranger_gets_401_where_only_the_answer_shows_that_personal_data_leaves()
    {
        var answer = await _client.GetAsync("/customers/search?phone=%2B14255550101", Cancellation);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.DoesNotContain("Montgomery", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_stranger_may_search_in_vain()
    {
        var answer = await _client.GetAsync("/customers/search?phone=%2B14255559999", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/CUSTOMERS/C-1001")]
    [InlineData("/customers/C-1001/")]
    [InlineData("//customers/C-1001")]
    [InlineData("/customers/./C-1001")]
    [InlineData("/customers/%43-1001")]
    [InlineData("/%63ustomers/C-1001")]
    public async Task Another_spelling_of_the_path_gets_a_stranger_no_record(string target)
    {
        var answer = await TestKit.RawClient.GetAsync(_client.BaseAddress!, target, Cancellation);

        Assert.Matches("^HTTP/1.1 4", answer);
        Assert.DoesNotContain("Montgomery", answer);
    }

    [Fact]
    public async Task The_owner_passes()
    {
        await SignInAsync("C-1001");

        var customer = await _client.GetFromJsonAsync<Customer>("/customers/C-1001", Cancellation);

        Assert.Equal("Alexandra Montgomery", customer!.Name);
    }

    [Fact]
    public async Task Another_customers_record_does_not_exist_for_them()
    {
        await SignInAsync("C-1002");

        var answer = await _client.GetAsync("/customers/C-1001", Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task The_head_of_a_record_is_judged_as_the_record()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await HeadAsync());
        await SignInAsync("C-1001");
        Assert.Equal(HttpStatusCode.OK, await HeadAsync());
    }

    [Fact]
    public void A_policy_that_cannot_be_used_stops_the_application_and_says_where()
    {
        var fault = Assert.Throws<InvalidOperationException>(() =>
            new ServiceCollection().AddPortcullis(options => options.PolicyFile = "no-such-policy.yaml")
        );

        Assert.Contains("no-such-policy.yaml", fault.Message);
        Assert.Contains("There is no such file.", fault.Message);
    }

    private async Task<HttpStatusCode> HeadAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/customers/C-1001");
        using var answer = await _client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private async Task SignInAsync(string customer)
    {
        var answer = await _client.PostAsJsonAsync("/login", new Login(customer, $"pass-{customer}"), Cancellation);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("token").GetString();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
