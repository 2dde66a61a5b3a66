using System.Net;
using System.Security.Cryptography;
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
            var (certificate, key) = WriteCertificate(folder.FullName);
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

    private static (string Certificate, string Key) WriteCertificate(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, default),
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, default)
        );
        var certificateFile = Path.Combine(folder, "cert.pem");
        var keyFile = Path.Combine(folder, "key.pem");
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
