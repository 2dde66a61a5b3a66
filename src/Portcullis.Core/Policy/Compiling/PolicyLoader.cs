using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Portcullis.Core.Policy.Options;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>Loads a policy from its file, the environment and flags. May be called again at every change: operations keep their identity.</summary>
public sealed class PolicyLoader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Func<string, ContractReading> _readContract;

    /// <param name="readContract">Reads the contract at a full path; from OpenAPI files unless given.</param>
    public PolicyLoader(Func<string, ContractReading>? readContract = null) => _readContract = readContract ?? ContractFiles.Read;

    /// <summary>Data classes by id, as policies name them.</summary>
    public static IReadOnlyDictionary<string, ulong> DataClasses { get; } =
        Catalog.DataClasses.ToFrozenDictionary(item => item.Id, item => item.Mask, StringComparer.Ordinal);

    /// <summary>Reads and compiles a policy.</summary>
    /// <param name="path">The policy file; null when environment and flags say everything.</param>
    /// <param name="settings">Environment variables, then flags; later ones win.</param>
    /// <param name="operations">Operations of the gate the policy is for.</param>
    public LoadedPolicy Load(string? path, IReadOnlyList<PolicySetting> settings, OperationRegistry operations)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var full = path is null ? null : Path.GetFullPath(path);
        var folder = full is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(full)!;
        var errors = new List<PolicyError>();
        var text = full is null ? "" : Text(full, path!, errors);
        if (text is null)
        {
            return new LoadedPolicy(new PolicyCompilation(null, null, errors), [full!]);
        }
        var reading = PolicyReader.Read(text, path ?? "", settings, isFile: full is not null);
        var context = new PolicyContext
        {
            Folder = folder,
            Operations = operations,
            ReadContract = _readContract,
            DataClasses = DataClasses,
            Version = VersionOf(text, settings, reading.Options, folder),
        };
        var compilation = PolicyCompiler.Compile(reading, context);
        var files = FilesOf(full, reading.Options, folder).Concat(compilation.ContractFiles).Distinct(StringComparer.Ordinal);
        return new LoadedPolicy(compilation, [.. files]);
    }

    private static string? Text(string full, string shown, List<PolicyError> errors)
    {
        var origin = new PolicyOrigin(shown, 1, 1);
        byte[] bytes = [];
        try
        {
            if (Directory.Exists(full))
            {
                errors.Add(new PolicyError(origin with { Line = 0 }, "", "This is a folder.", "Name the policy file in it."));
                return null;
            }
            // A pipe has no length to ask for.
            using var file = File.OpenRead(full);
            bytes = new byte[PolicyReader.MaxBytes + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > PolicyReader.MaxBytes)
            {
                errors.Add(new PolicyError(origin, "", "The file is larger than 1 MiB.", "Split off what is not policy."));
                return null;
            }
            var text = bytes.AsSpan(0, length);
            return StrictUtf8.GetString(text.StartsWith("\uFEFF"u8) ? text[3..] : text);
        }
        catch (DecoderFallbackException fault)
        {
            errors.Add(
                new PolicyError(
                    PlaceOf(bytes.AsSpan(0, fault.Index), shown),
                    "",
                    $"The file is not UTF-8: byte {fault.Index + 1} belongs to no character.",
                    "Save it as UTF-8."
                )
            );
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            errors.Add(
                new PolicyError(
                    origin with
                    {
                        Line = 0,
                    },
                    "",
                    "There is no such file.",
                    "Correct the path, or start with `--upstream URL` and no file."
                )
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            errors.Add(
                new PolicyError(origin with { Line = 0 }, "", $"The file cannot be read: {fault.Message}", "Check its rights.")
            );
        }
        return null;
    }

    private static PolicyOrigin PlaceOf(ReadOnlySpan<byte> before, string shown) =>
        new(shown, before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));

    private static List<string> FilesOf(string? policy, GatewayOptions? options, string folder)
    {
        var files = new List<string>();
        if (policy is not null)
        {
            files.Add(policy);
        }
        files.AddRange(
            (options?.Upstreams ?? [])
                .Where(upstream => upstream.Contract is not null)
                .Select(upstream => Path.GetFullPath(Path.Combine(folder, upstream.Contract!)))
        );
        foreach (var issuer in options?.Identity.Jwt ?? [])
        {
            files.AddRange(
                new[] { issuer.Key, issuer.Jwks }
                    .Where(file => file is not null && !file.Contains("://", StringComparison.Ordinal))
                    .Select(file => Path.GetFullPath(Path.Combine(folder, file!)))
            );
        }
        var secrets = (options?.Operations ?? [])
            .Concat((options?.Upstreams ?? []).SelectMany(upstream => upstream.Operations))
            .SelectMany(operation => operation.Value.Webhook?.Secrets ?? []);
        string?[] others =
        [
            options?.Identity.Introspection?.ClientSecret,
            options?.Tls.Certificate,
            options?.Tls.Key,
            .. secrets,
        ];
        files.AddRange(others.OfType<string>().Select(file => Path.GetFullPath(Path.Combine(folder, file))));
        return files;
    }

    private static string VersionOf(string text, IReadOnlyList<PolicySetting> settings, GatewayOptions? options, string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        foreach (var setting in settings)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\0{string.Join("__", setting.Path)}={setting.Value}"));
        }
        foreach (var upstream in options?.Upstreams ?? [])
        {
            try
            {
                hash.AppendData(upstream.Contract is { } contract ? File.ReadAllBytes(Path.Combine(folder, contract)) : []);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // The compiler names the file; a version without it is never put in force.
                hash.AppendData("?"u8);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
