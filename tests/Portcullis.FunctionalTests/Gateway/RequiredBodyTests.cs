using Portcullis.Core;
using Portcullis.Core.Contracts;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A request body that the contract requires must come, however the request says that it does not.</summary>
public sealed class RequiredBodyTests
{
    [Theory]
    [InlineData("application/json", "Content-Length: 0\r\n", "", 422)]
    [InlineData("application/json", "", "", 422)]
    [InlineData("application/json", "Content-Length: 2\r\n", "{}", 200)]
    [InlineData("image/png", "Content-Length: 0\r\n", "", 422)]
    [InlineData("image/png", "", "", 422)]
    [InlineData("image/png", "Transfer-Encoding: chunked\r\n", "1\r\nx\r\n0\r\n\r\n", 200)]
    public async Task Request_without_the_body_it_must_have_is_refused(string type, string header, string body, int expected)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(
            folder["api.yaml"],
            $$"""
            openapi: 3.0.3
            info: { title: t, version: '1' }
            paths:
              /x:
                post:
                  requestBody: { required: true, content: { application/json: { schema: { type: object } }, image/png: {} } }
                  responses: { '200': { description: '' } }
            """,
            TestContext.Current.CancellationToken
        );
        var contract = ContractDocument.Load(folder["api.yaml"]).Operations[0].Contract;
        await using var gateway = await GatewayFixture.StartAsync(
            _ => RecordingUpstream.Response(200, "text/plain", "ok"),
            change: GatewayFixture.Personal(plan =>
                plan with
                {
                    Contract = contract,
                    ReadsRequestBody = type == "application/json",
                    DeclaredClasses = 0,
                }
            )
        );

        var answer = await RawClient.SendAsync(
            gateway.Address,
            $"POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\n{header}Connection: close\r\n\r\n{body}",
            TestContext.Current.CancellationToken
        );

        Assert.StartsWith($"HTTP/1.1 {expected} ", answer);
    }
}
