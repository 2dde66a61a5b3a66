using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portcullis.AspNetCore;
using Portcullis.Core.Decisions;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Embedded;

/// <summary>What guards need from elsewhere is fetched inside an application too, without anything more than a policy.</summary>
public sealed class EmbeddedNeedTests : IAsyncLifetime
{
    private const string Jwks =
        """{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}""";

    // RFC 7515, appendix A.3: signed with the key above, for the issuer joe, and expired since 2011.
    private const string Signed =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingUpstream _issuer = new(request =>
        request.Contains(" /jwks ", StringComparison.Ordinal)
            ? RecordingUpstream.Response(200, "application/json", Jwks)
            : RecordingUpstream.Response(200, "application/json", """{"active":true,"sub":"ann"}""")
    );
    private readonly HttpClient _client = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_opaque_token_is_asked_about()
    {
        await using var app = await StartAsync(
            $"introspection: {{ url: '{_issuer.Address}introspect', clientId: app, clientSecret: secret }}"
        );

        Assert.Equal(HttpStatusCode.OK, await GetAsync(app, "opaque"));
        Assert.StartsWith("POST /introspect HTTP/1.1", Assert.Single(_issuer.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_set_is_fetched()
    {
        await using var app = await StartAsync($"jwt: [{{ issuer: joe, jwks: '{_issuer.Address}jwks', algorithms: [ES256] }}]");

        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync(app, Signed));
        Assert.StartsWith("GET /jwks HTTP/1.1", Assert.Single(_issuer.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_resolver_of_the_application_takes_the_place_of_the_usual_one()
    {
        var own = new Own();
        await using var app = await StartAsync(
            $"introspection: {{ url: '{_issuer.Address}introspect', clientId: app, clientSecret: secret }}",
            services => services.AddSingleton<INeedResolver>(own)
        );

        await GetAsync(app, "opaque");

        Assert.NotEqual(0, own.Asked);
        Assert.Empty(_issuer.Requests);
    }

    private async Task<WebApplication> StartAsync(string identity, Action<IServiceCollection>? add = null)
    {
        await File.WriteAllTextAsync(_folder["secret"], "a secret", Stop);
        await File.WriteAllTextAsync(
            _folder["portcullis.yaml"],
            "mode: enforce\nupstreams: [{ address: http://127.0.0.1:1 }]\n"
                + $"identity: {{ {identity} }}\noperations: {{ GET /me: {{ authentication: required }} }}\n",
            Stop
        );
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        add?.Invoke(builder.Services);
        builder.Services.AddPortcullis(options => options.PolicyFile = _folder["portcullis.yaml"]);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UsePortcullis();
        app.Run(context => context.Response.WriteAsync("{}", context.RequestAborted));
        await app.StartAsync(Stop);
        return app;
    }

    private async Task<HttpStatusCode> GetAsync(WebApplication app, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First() + "/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private sealed class Own : INeedResolver
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public string Kind => "introspection";

        public ValueTask ResolveAsync(Need need, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _asked);
            return ValueTask.CompletedTask;
        }
    }
}
