using System.Text.Json;

namespace Portcullis.Core.Identity.Keys;

/// <summary>The stored form of all keys and how it reaches disk: written beside, flushed, renamed, readable by the owner only.</summary>
internal static class ApiKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static List<ApiKeyRecord> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }
        try
        {
            using var stream = File.OpenRead(path);
            var document = JsonSerializer.Deserialize(stream, ApiKeyJson.Default.ApiKeyDocument);
            return document is { Version: ApiKeyDocument.CurrentVersion }
                ? [.. document.Keys]
                : throw new InvalidDataException(
                    $"{path} is of version {document?.Version}; this build reads version {ApiKeyDocument.CurrentVersion}. Start the version that wrote it."
                );
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException(
                $"{path} is damaged near line {fault.LineNumber + 1}: no API key could be checked. Restore it from a backup, or move it away and issue new keys.",
                fault
            );
        }
    }

    public static void Write(string path, IEnumerable<ApiKeyRecord> records)
    {
        var beside = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        // A leftover of a crash may have wider permissions than a file made now.
        File.Delete(beside);
        using (var stream = new FileStream(beside, options))
        {
            JsonSerializer.Serialize(stream, new ApiKeyDocument([.. records]), ApiKeyJson.Default.ApiKeyDocument);
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }
}
