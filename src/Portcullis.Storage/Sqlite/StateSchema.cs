namespace Portcullis.Storage.Sqlite;

/// <summary>The tables of the state database, and their version.</summary>
internal static class StateSchema
{
    public const int Version = 2;

    // Keys are two 64-bit halves. A caller is known by the low half of its key: among four million callers two share one with probability 4e-7.
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS operations(number INTEGER PRIMARY KEY, upstream TEXT NOT NULL, method TEXT NOT NULL,
          template TEXT NOT NULL, declared INTEGER NOT NULL, classes INTEGER NOT NULL DEFAULT 0, anonymous INTEGER NOT NULL DEFAULT 0,
          exchanges INTEGER NOT NULL DEFAULT 0, last INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE IF NOT EXISTS names(number INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS poolsets(number INTEGER PRIMARY KEY, names TEXT NOT NULL UNIQUE);
        CREATE TABLE IF NOT EXISTS callers(id INTEGER PRIMARY KEY, key_high INTEGER NOT NULL, key_low INTEGER NOT NULL,
          rung INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, exchanges INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS ledger(id INTEGER PRIMARY KEY, run INTEGER NOT NULL, level INTEGER NOT NULL, last INTEGER NOT NULL,
          rows BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS ledger_by_run ON ledger(run);
        CREATE TABLE IF NOT EXISTS aliases(alias_high INTEGER NOT NULL, alias_low INTEGER NOT NULL, subject_high INTEGER NOT NULL,
          subject_low INTEGER NOT NULL, class INTEGER NOT NULL, own INTEGER NOT NULL,
          PRIMARY KEY(alias_high, alias_low, subject_high, subject_low)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS events(sequence INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, record BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS standing(kind TEXT NOT NULL, target TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
          record BLOB NOT NULL, PRIMARY KEY(kind, target)) WITHOUT ROWID;
        """;

    /// <exception cref="DataFolderException">Another build made the database, in a format that this one does not read.</exception>
    public static void Apply(Database database, string path)
    {
        var version = database.Number("PRAGMA user_version");
        if (version > Version)
        {
            throw new DataFolderException(
                $"{path} was written by a later build (format {version}, this build reads {Version}). Run that build, or restore an older backup."
            );
        }
        if (version is > 0 and < Version)
        {
            throw new DataFolderException(
                $"{path} was written by an earlier build (format {version}, this build reads {Version}). Run that build, or begin with another data folder."
            );
        }
        database.Run(Tables);
        database.Run($"PRAGMA user_version={Version}");
    }
}
