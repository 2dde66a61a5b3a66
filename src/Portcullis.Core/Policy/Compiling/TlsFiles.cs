using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Tries certificate and key before the gateway listens, so that a wrong file is an error of the policy with its place.</summary>
internal static class TlsFiles
{
    public static void Check(TlsOptions tls, string folder, PolicyReport report)
    {
        if (tls.Certificate is null || report.IsBroken("tls"))
        {
            return;
        }
        var certificate = Path.GetFullPath(Path.Combine(folder, tls.Certificate));
        var key = Path.GetFullPath(Path.Combine(folder, tls.Key ?? tls.Certificate));
        if (IsThere(certificate, "tls.certificate", report) && (tls.Key is null || IsThere(key, "tls.key", report)))
        {
            TryPair(certificate, key, report);
        }
    }

    private static bool IsThere(string file, string path, PolicyReport report)
    {
        if (File.Exists(file))
        {
            return true;
        }
        report.Add(path, $"There is no file `{file}`.", "Correct the path; it is relative to the policy file.");
        return false;
    }

    private static void TryPair(string certificate, string key, PolicyReport report)
    {
        try
        {
            X509Certificate2.CreateFromPemFile(certificate, key).Dispose();
        }
        catch (Exception fault)
            when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            report.Add(
                "tls",
                $"Certificate and key cannot be used: {fault.Message}",
                "Both are PEM files, and the key belongs to the first certificate."
            );
        }
    }
}
