namespace Portcullis.Drills.Scenarios;

/// <summary>A scenario folder cannot be used; carries every error at once, each with file, line and path.</summary>
public sealed class ScenarioException(IReadOnlyList<string> errors) : Exception(string.Join(Environment.NewLine, errors))
{
    /// <summary>One line each: <c>file:line: path: what is wrong</c>.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
