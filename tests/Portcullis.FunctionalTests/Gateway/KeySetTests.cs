using System.Net;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Core.Identity;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>What happens to callers when the issuer's key set can be had, and when it cannot.</summary>
public sealed class KeySetTests : IDisposable
{
    private const string Json = "application/json";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task A_key_set_is_fetched_once_and_its_tokens_pass()
    {
        await using var issuer = new RecordingUpstream(_ => RecordingUpstream.Response(200, Json, KeySet()));
        await using var gateway = await StartAsync(issuer.Address, FailureWord.Closed);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway));
        Assert.Single(issuer.Requests);
    }

    [Theory]
    [InlineData(FailureWord.Closed, Mode.Enforce)]
    [InlineData(FailureWord.Open, Mode.Enforce)]
    [InlineData(FailureWord.Open, Mode.Monitor)]
    public async Task Without_it_nobody_counts_as_known_whatever_the_word(FailureWord word, Mode mode)
    {
        foreach (
            var answer in new[]
            {
                RecordingUpstream.Response(500, Json, KeySet()),
                RecordingUpstream.Response(302, Json, KeySet(), "Location: /elsewhere"),
                RecordingUpstream.Response(200, Json, "no keys"),
                RecordingUpstream.Response(200, Json, "{\"keys\":[]}"),
                RecordingUpstream.Response(200, Json + "; charset=no-such-charset", KeySet()),
                RecordingUpstream.Response(200, Json, new string(' ', 600_000) + KeySet()),
                "garbage\r\n\r\n"u8.ToArray(),
                [],
            }
        )
        {
            await using var issuer = new RecordingUpstream(_ => answer);
            await using var gateway = await StartAsync(issuer.Address, word, mode);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(gateway));
            var asked = issuer.Requests.Count;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(gateway));

            Assert.Empty(gateway.Upstream.Requests);
            // It has rest for a while, whatever it answered.
            Assert.Equal(asked, issuer.Requests.Count);
        }
    }

    [Fact]
    public async Task An_issuer_that_never_answers_is_given_up()
    {
        await using var issuer = new StallingUpstream(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"
        );
        await using var gateway = await StartAsync(issuer.Address, FailureWord.Open);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(gateway));
        Assert.Empty(gateway.Upstream.Requests);
    }

    [Fact]
    public async Task Operations_that_ask_for_no_credential_go_on_without_the_issuer()
    {
        var issuer = new RecordingUpstream(_ => []);
        await issuer.DisposeAsync();
        await using var gateway = await StartAsync(issuer.Address, FailureWord.Closed, authentication: AuthenticationWord.Public);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway));
    }

    // The policy's mode may be monitor while the operation enforces: what is unknown at the time must not let it pass.
    private static Task<GatewayFixture> StartAsync(
        Uri issuer,
        FailureWord word,
        Mode mode = Mode.Enforce,
        AuthenticationWord authentication = AuthenticationWord.Required
    ) =>
        GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, Json, "{\"status\":\"up\"}"),
            mode,
            GatewayFixture.Personal(plan =>
                plan with
                {
                    Authentication = authentication,
                    DeclaredClasses = 0,
                    OnFailure = word,
                    Mode = Mode.Enforce,
                }
            ),
            identity: new IdentityPlan
            {
                Issuers = [new TokenIssuer { Issuer = "https://id.example.com", JwksUrl = new Uri(issuer, "/jwks") }],
            }
        );

    private async Task<HttpStatusCode> GetAsync(GatewayFixture gateway)
    {
        using var client = new HttpClient { BaseAddress = gateway.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/7");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token()}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private string KeySet()
    {
        var key = _key.ExportParameters(false);
        return $$"""{"keys":[{"kty":"EC","crv":"P-256","alg":"ES256","kid":"k1","x":"{{Encode(key.Q.X!)}}","y":"{{Encode(key.Q.Y!)}}"}]}""";
    }

    private string Token()
    {
        var signed =
            Encode("""{"alg":"ES256","kid":"k1"}"""u8)
            + "."
            + Encode("""{"iss":"https://id.example.com","sub":"ann","exp":4102444800}"""u8);
        return $"{signed}.{Encode(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
