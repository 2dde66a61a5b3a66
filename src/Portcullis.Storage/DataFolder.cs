namespace Portcullis.Storage;

/// <summary>
/// The folder that holds everything one gateway remembers: <c>journal/</c>, <c>state.db</c>, <c>history.duckdb</c>, the wrapped hash
/// secret and the folder's id. Locked to one process for as long as that lives, readable by its owner only.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock, Guid id, bool isNew)
    {
        Path = path;
        _lock = @lock;
        Id = id;
        IsNew = isNew;
    }

    public string Path { get; }

    /// <summary>Made at first start; the key remembers it, so that a lost folder is noticed.</summary>
    public Guid Id { get; }

    /// <summary>True when the folder was made by this start.</summary>
    public bool IsNew { get; }

    public string JournalFolder => System.IO.Path.Combine(Path, "journal");

    public string StateFile => System.IO.Path.Combine(Path, "state.db");

    public string HistoryFile => System.IO.Path.Combine(Path, "history.duckdb");

    /// <summary>The hash secret, wrapped under the ledger key.</summary>
    public string SecretFile => System.IO.Path.Combine(Path, "ledger.secret");

    /// <summary>Opens and locks a folder, making it if missing.</summary>
    /// <exception cref="DataFolderException">Another process holds it, or it cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            MakePrivate(path);
            MakePrivate(System.IO.Path.Combine(path, "journal"));
            var stream = Lock(path);
            var idFile = System.IO.Path.Combine(path, "folder.id");
            var isKnown = File.Exists(idFile) && Guid.TryParse(File.ReadAllText(idFile), out _);
            var id = isKnown ? Guid.Parse(File.ReadAllText(idFile)) : Guid.NewGuid();
            if (!isKnown)
            {
                PrivateFile.Write(idFile, id.ToString());
            }
            return new DataFolder(path, stream, id, !isKnown);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new DataFolderException(
                $"The data folder {path} cannot be written: {fault.Message} Give its owner the account that runs Portcullis, or choose another with --data.",
                fault
            );
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            // FileShare.None is an exclusive advisory lock (flock) that the kernel drops when the process dies.
            return new FileStream(
                System.IO.Path.Combine(path, "lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException fault)
        {
            throw new DataFolderException(
                $"The data folder {path} is in use by another Portcullis process. Stop that one, or give this one its own folder with --data.",
                fault
            );
        }
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(path, Owner);
            if (File.GetUnixFileMode(path) != Owner)
            {
                File.SetUnixFileMode(path, Owner);
            }
        }
    }
}
