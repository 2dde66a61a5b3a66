using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>Certificates in PEM files, as an operator would lay them down.</summary>
internal static class CertificateFiles
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, default);
    private static readonly DateTimeOffset To = new(2100, 1, 1, 0, 0, 0, default);

    public static (string Certificate, string Key) SelfSigned(string folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = Request(name, key, isAuthority: false).CreateSelfSigned(From, To);
        return Write(folder, certificate.ExportCertificatePem(), key);
    }

    /// <summary>A certificate issued by an intermediate of <paramref name="root"/>; the file holds it and the intermediate.</summary>
    public static (string Certificate, string Key) Issued(string folder, string name, out X509Certificate2 root)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signingRoot = Request("Test root", rootKey, isAuthority: true).CreateSelfSigned(From, To);
        using var middle = Request("Test intermediate", middleKey, isAuthority: true).Create(signingRoot, From, To, [1]);
        using var signingMiddle = middle.CopyWithPrivateKey(middleKey);
        using var leaf = Request(name, key, isAuthority: false).Create(signingMiddle, From, To, [2]);
        root = X509CertificateLoader.LoadCertificate(signingRoot.RawData);
        return Write(folder, leaf.ExportCertificatePem() + "\n" + middle.ExportCertificatePem(), key);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            names.AddIpAddress(System.Net.IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }
        return request;
    }

    private static (string Certificate, string Key) Write(string folder, string certificates, ECDsa key)
    {
        var certificateFile = Path.Combine(folder, "cert.pem");
        var keyFile = Path.Combine(folder, "key.pem");
        File.WriteAllText(certificateFile, certificates);
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificateFile, keyFile);
    }
}
