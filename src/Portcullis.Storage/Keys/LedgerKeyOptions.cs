namespace Portcullis.Storage.Keys;

/// <summary>Where the ledger keys come from: the first that is set of command, environment text, file. One key a line, the current one first.</summary>
public sealed record LedgerKeyOptions
{
    /// <summary>Name of the environment variable that <see cref="Text"/> is read from by the executable.</summary>
    public const string EnvironmentVariable = "PORTCULLIS_LEDGER_KEY";

    /// <summary>A shell command whose output is the keys, for vaults and hardware.</summary>
    public string? Command { get; init; }

    /// <summary>The keys themselves.</summary>
    public string? Text { get; init; }

    /// <summary>A file with the keys, readable by its owner only; made at first start. Best kept off the data folder's disk.</summary>
    public string? File { get; init; }
}
