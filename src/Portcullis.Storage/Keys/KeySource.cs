using System.Diagnostics;

namespace Portcullis.Storage.Keys;

/// <summary>Reads the ledger keys from file, text or command. Lines are keys, current first; <c>#</c> starts a comment, <c>folder</c> names the data folder.</summary>
internal static class KeySource
{
    private const string FolderWord = "folder ";
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The keys, current first; empty when the file does not exist yet.</summary>
    /// <exception cref="DataFolderException">A line is no key, the command failed, or others can read the file.</exception>
    public static (List<LedgerKey> Keys, Guid? Folder) Read(LedgerKeyOptions options)
    {
        if (options.Command is { } command)
        {
            return Parse(Run(command), "the output of the ledger key command");
        }
        if (options.Text is { } text)
        {
            return Parse(text.Replace(',', '\n'), LedgerKeyOptions.EnvironmentVariable);
        }
        var path = options.File ?? throw new ArgumentException("No source of ledger keys is set.", nameof(options));
        if (!File.Exists(path))
        {
            return ([], null);
        }
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Others =
                UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
            if ((File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new DataFolderException($"The ledger key {path} can be read by other users. Run: chmod 600 {path}");
            }
        }
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Writes a key file: keys, current first, and the folder they belong to.</summary>
    public static void Write(string path, IEnumerable<LedgerKey> keys, Guid folder)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } parent)
        {
            Directory.CreateDirectory(parent);
        }
        PrivateFile.Write(
            path,
            "# Ledger keys of Portcullis, the current one first. Without them the ledger cannot be opened: keep a copy elsewhere.\n"
                + string.Concat(keys.Select(key => key.Text + "\n"))
                + FolderWord
                + folder
                + "\n"
        );
    }

    private static (List<LedgerKey> Keys, Guid? Folder) Parse(string text, string from)
    {
        var keys = new List<LedgerKey>();
        Guid? folder = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }
            if (line.StartsWith(FolderWord, StringComparison.Ordinal) && Guid.TryParse(line[FolderWord.Length..], out var id))
            {
                folder = id;
                continue;
            }
            keys.Add(
                LedgerKey.Parse(line)
                    ?? throw new DataFolderException(
                        $"Line {number} of {from} is no ledger key: expected 64 hexadecimal digits or base64 of {LedgerKey.Size} bytes."
                    )
            );
        }
        return keys.Count > 0 ? (keys, folder) : throw new DataFolderException($"There is no ledger key in {from}.");
    }

    private static string Run(string command)
    {
        var start = new ProcessStartInfo
        {
            FileName = OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh",
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(OperatingSystem.IsWindows() ? "/c" : "-c");
        start.ArgumentList.Add(command);
        using var process = Process.Start(start) ?? throw new DataFolderException("The ledger key command could not be started.");
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(CommandTimeout))
        {
            process.Kill(entireProcessTree: true);
            throw new DataFolderException($"The ledger key command gave no answer within {CommandTimeout.TotalSeconds} seconds.");
        }
        return process.ExitCode == 0
            ? output.GetAwaiter().GetResult()
            : throw new DataFolderException($"The ledger key command failed with exit code {process.ExitCode}.");
    }
}
