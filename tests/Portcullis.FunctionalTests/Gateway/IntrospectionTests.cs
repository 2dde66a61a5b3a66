using System.Net;
using System.Text;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

public sealed class IntrospectionTests
{
    private static async Task<(GatewayFixture Gateway, RecordingUpstream Issuer)> StartAsync(byte[] answer)
    {
        var issuer = new RecordingUpstream(_ => answer);
        var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "application/json", "{}"),
            change: GatewayFixture.Personal(plan => plan with { Authentication = AuthenticationWord.Required }),
            identity: new IdentityPlan
            {
                Introspection = new IntrospectionPlan
                {
                    Url = new Uri(issuer.Address, "/introspect"),
                    ClientId = "gate way",
                    ClientSecret = new SecretText("p:w"),
                    Issuer = new TokenIssuer(),
                },
            }
        );
        return (gateway, issuer);
    }

    private static async Task<HttpStatusCode> GetAsync(GatewayFixture gateway, string token)
    {
        using var client = new HttpClient { BaseAddress = gateway.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/7");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    [Fact]
    public async Task Asks_the_issuer_once_and_names_itself()
    {
        var (gateway, issuer) = await StartAsync(
            RecordingUpstream.Response(200, "application/json", """{"active":true,"sub":"ann"}""")
        );
        await using (issuer)
        await using (gateway)
        {
            Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, "to+ken"));
            Assert.Equal(HttpStatusCode.OK, await GetAsync(gateway, "to+ken"));

            var asked = Assert.Single(issuer.Requests);
            Assert.StartsWith("POST /introspect HTTP/1.1", asked, StringComparison.Ordinal);
            Assert.Contains(Convert.ToBase64String(Encoding.UTF8.GetBytes("gate%20way:p%3Aw")), asked, StringComparison.Ordinal);
            Assert.EndsWith("token=to%2Bken&token_type_hint=access_token", asked, StringComparison.Ordinal);
            Assert.Equal(2, gateway.Upstream.Requests.Count);
        }
    }

    [Theory]
    [InlineData(200, """{"active":false}""", HttpStatusCode.Unauthorized)]
    [InlineData(500, """{"active":true,"sub":"ann"}""", HttpStatusCode.ServiceUnavailable)]
    [InlineData(302, """{"active":true,"sub":"ann"}""", HttpStatusCode.ServiceUnavailable)]
    public async Task Without_a_good_word_the_upstream_is_not_asked(int status, string answer, HttpStatusCode expected)
    {
        var (gateway, issuer) = await StartAsync(RecordingUpstream.Response(status, "application/json", answer));
        await using (issuer)
        await using (gateway)
        {
            Assert.Equal(expected, await GetAsync(gateway, "token"));
            Assert.Empty(gateway.Upstream.Requests);
        }
    }

    [Fact]
    public async Task Issuer_that_is_gone_refuses()
    {
        var (gateway, issuer) = await StartAsync([]);
        await issuer.DisposeAsync();
        await using (gateway)
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await GetAsync(gateway, "token"));
        }
    }
}
