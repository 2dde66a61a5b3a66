using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portcullis.Api;

/// <summary>
/// The bearer token of the admin API: 256 random bits made at the first start, in a file only its owner can read, so that commands on the
/// same machine find it. The environment variable <see cref="Variable"/> overrides the file.
/// </summary>
internal sealed class AdminToken
{
    public const string FileName = "admin.token";
    public const string Variable = "PORTCULLIS_ADMIN_TOKEN";

    private const int SecretSize = 32;
    private const int ShortestToken = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly byte[] _hash;

    private AdminToken(string text, string? path)
    {
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        Path = path;
    }

    /// <summary>The file it stands in; null when the environment gave it.</summary>
    public string? Path { get; }

    /// <summary>The environment's token, else that of the data folder, made when there is none.</summary>
    /// <exception cref="InvalidDataException">The token is too short to be safe, or others can read the file.</exception>
    public static AdminToken Open(string dataFolder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return Of(given.Trim(), null, Variable);
        }
        var path = System.IO.Path.Combine(dataFolder, FileName);
        if (!File.Exists(path))
        {
            Create(path);
        }
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
        {
            throw new InvalidDataException(
                $"{path}: others than its owner can read the admin token. Delete the file, so that a new one is made, or run: chmod 600 {path}"
            );
        }
        return Of(File.ReadAllText(path).Trim(), path, path);
    }

    /// <summary>
    /// The text that a client on the same machine sends: the environment's, else that of the data folder; null when there is none.
    /// </summary>
    public static string? TextFor(string dataFolder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return given.Trim();
        }
        var path = System.IO.Path.Combine(dataFolder, FileName);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    /// <summary>A token that is in no file.</summary>
    public static AdminToken Of(string text) => Of(text, null, "token");

    /// <summary>Compares in constant time.</summary>
    public bool Matches(ReadOnlySpan<char> candidate)
    {
        // Hashing both sides first makes the comparison independent of length and content.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(candidate.ToString()), hash);
        return CryptographicOperations.FixedTimeEquals(hash, _hash);
    }

    public override string ToString() => "admin token …";

    private static AdminToken Of(string text, string? path, string source) =>
        text.Length >= ShortestToken && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new AdminToken(text, path)
            : throw new InvalidDataException(
                $"{source}: an admin token has at least {ShortestToken} visible ASCII characters. Delete it, so that one is made, or set a longer one."
            );

    private static void Create(string path)
    {
        Span<byte> secret = stackalloc byte[SecretSize];
        RandomNumberGenerator.Fill(secret);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        using var stream = new FileStream(path, options);
        stream.Write(Encoding.ASCII.GetBytes("pct_" + Base64Url.EncodeToString(secret) + "\n"));
        stream.Flush(flushToDisk: true);
    }
}
