using System.Net;
using System.Security.Cryptography.X509Certificates;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>TLS from PEM files, with HTTP/1.1 and HTTP/2 on one address.</summary>
public sealed class TlsTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Both_http_versions_are_served_over_tls(string version)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (certificate, key) = CertificateFiles.SelfSigned(folder.FullName, "localhost");
            await using var gateway = await GatewayFixture.StartAsync(
                _ => RecordingUpstream.Response(200, "application/json", "{\"a\":1}"),
                settings: settings =>
                    settings with
                    {
                        Listen = [new Uri("https://127.0.0.1:0")],
                        CertificateFile = certificate,
                        KeyFile = key,
                    }
            );
            var trusted = X509CertificateLoader.LoadCertificateFromFile(certificate).GetCertHash();
            using var client = new HttpClient(
                new SocketsHttpHandler
                {
                    SslOptions =
                    {
                        RemoteCertificateValidationCallback = (_, shown, _, _) =>
                            shown?.GetCertHash().SequenceEqual(trusted) is true,
                    },
                }
            );
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway.Address, "/a%2Fb"))
            {
                Version = Version.Parse(version),
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };

            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(Version.Parse(version), answer.Version);
            Assert.True(gateway.Upstream.Requests.TryDequeue(out var sent));
            Assert.StartsWith("GET /a%2Fb HTTP/1.1\r\n", sent);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Clients_receive_the_intermediates_they_need()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var files = CertificateFiles.Issued(folder.FullName, "localhost", out var root);
            await using var gateway = await GatewayFixture.StartAsync(
                _ => RecordingUpstream.Response(200, "application/json", "{\"a\":1}"),
                settings: settings =>
                    settings with
                    {
                        Listen = [new Uri("https://127.0.0.1:0")],
                        CertificateFile = files.Certificate,
                        KeyFile = files.Key,
                    }
            );
            using var client = new HttpClient(
                new SocketsHttpHandler
                {
                    SslOptions =
                    {
                        CertificateChainPolicy = new X509ChainPolicy
                        {
                            TrustMode = X509ChainTrustMode.CustomRootTrust,
                            CustomTrustStore = { root },
                            RevocationMode = X509RevocationMode.NoCheck,
                            DisableCertificateDownloads = true,
                        },
                    },
                }
            );

            using var answer = await client.GetAsync(new Uri(gateway.Address, "/a"), TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
