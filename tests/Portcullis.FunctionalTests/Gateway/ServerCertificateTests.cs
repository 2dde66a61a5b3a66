using Microsoft.Extensions.Time.Testing;
using Portcullis.Gateway;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Certificates are renewed under a running gateway.</summary>
public sealed class ServerCertificateTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_renewed_certificate_is_shown_to_the_next_connections()
    {
        var certificate = Certificate("old.example");
        CertificateFiles.SelfSigned(_folder.FullName, "renewed.example");

        Assert.Equal("CN=old.example", certificate.Current().TargetCertificate.Subject);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("CN=renewed.example", certificate.Current().TargetCertificate.Subject);
        Assert.Contains("renewed certificate", Assert.Single(_said));
    }

    [Fact]
    public void A_damaged_file_keeps_the_certificate_in_use_and_says_so()
    {
        var certificate = Certificate("old.example");
        File.WriteAllText(Path.Combine(_folder.FullName, "cert.pem"), "-----BEGIN CERTIFICATE-----\nAAAA");

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("CN=old.example", certificate.Current().TargetCertificate.Subject);
        Assert.StartsWith("CERTIFICATE NOT CHANGED", Assert.Single(_said));
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused_at_the_start_by_name()
    {
        var (certificate, key) = CertificateFiles.SelfSigned(_folder.FullName, "old.example");
        File.WriteAllText(key, "no key");

        var fault = Assert.Throws<InvalidDataException>(() => new ServerCertificate(certificate, key, _said.Add, _time));

        Assert.Contains(key, fault.Message);
        Assert.Contains("`tls.key`", fault.Message);
    }

    private ServerCertificate Certificate(string name)
    {
        var (certificate, key) = CertificateFiles.SelfSigned(_folder.FullName, name);
        return new ServerCertificate(certificate, key, _said.Add, _time);
    }
}
