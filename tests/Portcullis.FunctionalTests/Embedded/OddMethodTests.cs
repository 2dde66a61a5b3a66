using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Portcullis.AspNetCore;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Embedded;

/// <summary>Methods in another case than the declared one, which routers and forwarders take for it all the same.</summary>
public sealed class OddMethodTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("GET", "401")]
    [InlineData("get", "401")]
    [InlineData("Get", "401")]
    [InlineData("hEAD", "401")]
    [InlineData("delete", "401")]
    [InlineData("query", "401")]
    [InlineData("patch", "200")]
    public async Task Method_in_another_case_is_judged_as_what_it_is_done_as(string method, string status)
    {
        var policy = _folder["portcullis.yaml"];
        await File.WriteAllTextAsync(
            policy,
            """
            version: 1
            mode: enforce
            upstreams:
              - address: "http://localhost"
            operations:
              GET /customers/{customerId}: { authentication: required }
              DELETE /customers/{customerId}: { authentication: required }
              QUERY /customers/{customerId}: { authentication: required }
              PATCH /customers/{customerId}: { authentication: public }
            """,
            Cancellation
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPortcullis(options => options.PolicyFile = policy);
        await using var app = builder.Build();
        app.UsePortcullis();
        app.UseRouting();
        app.Map("/customers/{customerId}", () => "{}");
        await app.StartAsync(Cancellation);

        var answer = await RawClient.SendAsync(
            new Uri(app.Urls.First()),
            $"{method} /customers/7 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            Cancellation
        );

        Assert.StartsWith($"HTTP/1.1 {status}", answer);
    }
}
