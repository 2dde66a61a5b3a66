namespace Portcullis;

/// <summary>Ends a command with an exit code and a message that says what happened, where, and what to do.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CommandFailure BadInput(string message) => new(Portcullis.ExitCode.BadInput, message);

    public static CommandFailure Unreachable(string message) => new(Portcullis.ExitCode.Unreachable, message);
}
