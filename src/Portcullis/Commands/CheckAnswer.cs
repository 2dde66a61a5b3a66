namespace Portcullis.Commands;

/// <summary>What <c>portcullis check --json</c> answers.</summary>
/// <param name="File">As given.</param>
/// <param name="IsSound">True when it can be put in force.</param>
/// <param name="Version">Hash by which the journal would name it.</param>
/// <param name="Errors">In the order of the file.</param>
/// <param name="Warnings">What looks like an oversight, or is not held, and does not stand in the way.</param>
internal sealed record CheckAnswer(
    string File,
    bool IsSound,
    string? Version,
    IReadOnlyList<CheckError> Errors,
    IReadOnlyList<CheckError> Warnings
);
