namespace Portcullis.Core.Policy.Options;

/// <summary>Where the ledger's key comes from; one of the three at most.</summary>
public sealed record LedgerKeyOptions
{
    [Option("File that holds the keys, readable by the gateway's user alone.", Form = OptionForm.Path)]
    public string? File { get; set; }

    [Option("Name of the environment variable that holds the keys.", Form = OptionForm.Token)]
    public string? Environment { get; set; }

    [Option("Command that prints the keys, for example a call of your secret store.")]
    public string? Command { get; set; }
}
