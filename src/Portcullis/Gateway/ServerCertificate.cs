using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portcullis.Gateway;

/// <summary>
/// The gateway's certificate with the chain that clients need, from PEM files. Renewed files are taken up with the next connections,
/// connections that stand keep theirs; files that cannot be used change nothing and are reported.
/// </summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly string _certificateFile;
    private readonly string _keyFile;
    private readonly Action<string> _say;
    private readonly TimeProvider _time;
    private readonly Lock _look = new();
    private SslStreamCertificateContext _current;
    private string _stamp;
    private long _lookedAt;

    /// <param name="certificateFile">PEM: the server's certificate first, then the intermediates.</param>
    /// <param name="keyFile">PEM: the private key of the first certificate.</param>
    /// <param name="say">Where people read what happened to the files.</param>
    /// <param name="time">When to look at the files again.</param>
    /// <exception cref="InvalidDataException">The files cannot be read or are no certificate and its key.</exception>
    public ServerCertificate(string certificateFile, string keyFile, Action<string> say, TimeProvider time)
    {
        _certificateFile = certificateFile;
        _keyFile = keyFile;
        _say = say;
        _time = time;
        _stamp = FileStamp.Of([certificateFile, keyFile]);
        _lookedAt = time.GetTimestamp();
        try
        {
            _current = Load();
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            throw new InvalidDataException(
                $"The certificate {certificateFile} with the key {keyFile} cannot be used: {fault.Message} `tls.certificate` takes PEM with the server's certificate first, `tls.key` its private key without a password.",
                fault
            );
        }
    }

    /// <summary>What the next handshake shows.</summary>
    public SslStreamCertificateContext Current()
    {
        // One handshake in a while looks at the files; the others go on with what is there.
        if (_time.GetElapsedTime(Volatile.Read(ref _lookedAt)) >= LookEvery && _look.TryEnter())
        {
            try
            {
                Look();
            }
            finally
            {
                _look.Exit();
            }
        }
        return Volatile.Read(ref _current);
    }

    private void Look()
    {
        Volatile.Write(ref _lookedAt, _time.GetTimestamp());
        var stamp = FileStamp.Of([_certificateFile, _keyFile]);
        if (stamp == _stamp)
        {
            return;
        }
        _stamp = stamp;
        try
        {
            Volatile.Write(ref _current, Load());
            _say($"The renewed certificate in {_certificateFile} is in use, valid to {Until(_current)}.");
        }
        catch (Exception fault) when (IsOfFiles(fault))
        {
            // Certificate and key are two files: between their writes they do not fit, and the next look finds both.
            _say($"CERTIFICATE NOT CHANGED: {fault.Message} The one in use stays, valid to {Until(_current)}.");
        }
    }

    private SslStreamCertificateContext Load()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_certificateFile, _keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificateFile);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    private static bool IsOfFiles(Exception fault) =>
        fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    private static string Until(SslStreamCertificateContext context) =>
        context.TargetCertificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", null);
}
