using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portcullis.AspNetCore;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Embedded;

/// <summary>An application with the gate inside that begins an answer and does not go on.</summary>
public sealed class StalledApplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Exception?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_client_is_refused_when_the_time_is_up()
    {
        await using var app = await StartAsync("closed", "1s");

        // Not until the connection closes: the application still has it.
        var answer = await RawClient.SendUntilAsync(
            AddressOf(app),
            "GET /stalls HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "\"incident\":\"inc_",
            Cancellation
        );

        Assert.StartsWith("HTTP/1.1 504", answer);
        Assert.DoesNotContain("secret", answer);
        Assert.Equal(0, app.Services.GetRequiredService<HoldBudget>().Held);
        Assert.False(_ended.Task.IsCompleted);
        _goOn.SetResult();
        Assert.NotNull(await _ended.Task);
        using var client = new HttpClient { BaseAddress = AddressOf(app) };
        Assert.Equal("{}", await client.GetStringAsync("/goes-on", Cancellation));
    }

    [Fact]
    public async Task Its_client_waits_where_the_word_is_open()
    {
        await using var app = await StartAsync("open", "100ms");

        using var client = new HttpClient { BaseAddress = AddressOf(app) };
        var answer = client.GetStringAsync("/stalls", Cancellation);
        // Others are served past the time of the first.
        Assert.Equal("{}", await client.GetStringAsync("/goes-on?pause=300", Cancellation));
        _goOn.SetResult();

        Assert.Equal("{\"secret\":1}", await answer);
        Assert.Null(await _ended.Task);
    }

    private static Uri AddressOf(WebApplication app) => new(app.Urls.First());

    private async Task<WebApplication> StartAsync(string word, string time)
    {
        var policy = _folder["portcullis.yaml"];
        await File.WriteAllTextAsync(
            policy,
            $$"""
            version: 1
            mode: enforce
            onFailure: {{word}}
            hold: { timeout: {{time}} }
            upstreams:
              - { address: "http://localhost", unknownOperations: refuse }
            operations:
              GET /stalls: { authentication: public }
              GET /goes-on: { authentication: public }
            """,
            Cancellation
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPortcullis(options => options.PolicyFile = policy);
        var app = builder.Build();
        app.UsePortcullis();
        app.UseRouting();
        app.MapGet("/stalls", StallAsync);
        app.MapGet(
            "/goes-on",
            async (HttpContext context, int? pause) =>
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync("{", Cancellation);
                await Task.Delay(pause ?? 0, Cancellation);
                await context.Response.WriteAsync("}", Cancellation);
            }
        );
        await app.StartAsync(Cancellation);
        return app;
    }

    // Heeds no cancellation, as many do.
    private async Task StallAsync(HttpContext context)
    {
        try
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{\"secret\":", CancellationToken.None);
            await _goOn.Task;
            await context.Response.WriteAsync("1}", CancellationToken.None);
            _ended.SetResult(null);
        }
        catch (Exception fault)
        {
            _ended.SetResult(fault);
            throw;
        }
    }
}
