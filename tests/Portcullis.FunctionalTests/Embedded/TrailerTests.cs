using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Portcullis.AspNetCore;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Embedded;

/// <summary>Trailers, which only some protocols have and no guard reads.</summary>
public sealed class TrailerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("enforce", 0)]
    [InlineData("monitor", 1)]
    public async Task Trailers_of_a_held_answer_leave_only_where_nothing_is_carried_out(string mode, int trailers)
    {
        await using var app = await StartAsync(mode);

        var answer = await GetAsync(app, "/public");

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(trailers, answer.TrailingHeaders.Count());
    }

    [Fact]
    public async Task Refusal_has_no_trailers()
    {
        await using var app = await StartAsync("enforce");

        var answer = await GetAsync(app, "/personal");

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.DoesNotContain("4929", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(answer.TrailingHeaders);
    }

    private static async Task<HttpResponseMessage> GetAsync(WebApplication app, string path)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(app.Urls.First()), path))
        {
            Version = new Version(2, 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = "localhost";
        return await client.SendAsync(request, Cancellation);
    }

    private async Task<WebApplication> StartAsync(string mode)
    {
        var policy = _folder["portcullis.yaml"];
        await File.WriteAllTextAsync(
            policy,
            $$"""
            version: 1
            mode: {{mode}}
            upstreams:
              - { address: "http://localhost" }
            operations:
              GET /public: { authentication: public }
            """,
            Cancellation
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ConfigureEndpointDefaults(end => end.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddPortcullis(options => options.PolicyFile = policy);
        var app = builder.Build();
        app.UsePortcullis();
        app.UseRouting();
        app.MapGet("/public", (HttpContext context) => WriteAsync(context, "{}"));
        app.MapGet(
            "/personal",
            (HttpContext context) => WriteAsync(context, """{"email":"jane.doe@mail.example","card":"4929420573595709"}""")
        );
        await app.StartAsync(Cancellation);
        return app;
    }

    private static async Task WriteAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        context.Response.AppendTrailer("X-Note", "jane.doe@mail.example");
        await context.Response.WriteAsync(body, Cancellation);
    }
}
