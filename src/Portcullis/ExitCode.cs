namespace Portcullis;

/// <summary>A number a command ends with, and what it means.</summary>
internal sealed record ExitCode(int Value, string Meaning)
{
    /// <summary>Done, nothing to report.</summary>
    public const int Ok = 0;

    /// <summary>Done, and the answer is bad: a finding, an unmet target, nobody of that name.</summary>
    public const int Finding = 1;

    /// <summary>The command line, a file or a value cannot be used as it is.</summary>
    public const int BadInput = 2;

    /// <summary>Something outside cannot be reached or used: gateway, upstream, address, data folder.</summary>
    public const int Unreachable = 3;

    /// <summary>The gateway does not take the admin token.</summary>
    public const int Unauthorised = 4;

    /// <summary>Ctrl-C, SIGTERM or a closed terminal came before it was done.</summary>
    public const int Interrupted = 130;

    /// <summary>What the number means when a command says nothing more precise.</summary>
    public static readonly IReadOnlyList<ExitCode> Standard =
    [
        new(Ok, "done"),
        new(Finding, "done, and something was found or failed"),
        new(BadInput, "the command line, a file or a value cannot be used; every error is listed"),
        new(Unreachable, "a gateway, upstream, address or folder cannot be reached"),
    ];
}
