using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Portcullis.AspNetCore;
using Portcullis.Storage;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Embedded;

/// <summary>An application whose gate keeps its memory on disk.</summary>
public sealed class EmbeddedStorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_seen_before_a_restart_still_counts()
    {
        await File.WriteAllTextAsync(
            _folder["portcullis.yaml"],
            """
            version: 1
            mode: enforce
            upstreams: [{ name: api, address: http://localhost }]
            operations:
              GET /customers/{customerId}:
                authentication: public
                subject: customerId
            budgets:
              - { name: few, limit: 2, window: 30d, over: clip }
            """,
            Cancellation
        );

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests],
            await StatusOfAsync("C-1001", "C-1002", "C-1003")
        );
        Assert.Equal(
            [HttpStatusCode.TooManyRequests, HttpStatusCode.OK, HttpStatusCode.OK],
            await StatusOfAsync("C-1004", "C-1001", "C-1002")
        );
    }

    private async Task<List<HttpStatusCode>> StatusOfAsync(params string[] customers)
    {
        using var storage = EmbeddedStorage.Open(new StorageOptions { Folder = _folder["data"] });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPortcullis(options =>
        {
            options.PolicyFile = _folder["portcullis.yaml"];
            options.Storage = storage;
        });
        await using var app = builder.Build();
        app.UsePortcullis();
        app.UseRouting();
        app.MapGet(
            "/customers/{customerId}",
            (string customerId) =>
                Results.Ok(
                    new
                    {
                        customerId,
                        name = "Alexandra Montgomery",
                        phone = "+14255550101",
                    }
                )
        );
        await app.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var found = new List<HttpStatusCode>();
        foreach (var customer in customers)
        {
            using var answer = await client.GetAsync($"/customers/{customer}", Cancellation);
            found.Add(answer.StatusCode);
        }
        await app.StopAsync(Cancellation);
        return found;
    }
}
