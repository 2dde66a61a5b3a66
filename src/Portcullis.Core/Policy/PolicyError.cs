namespace Portcullis.Core.Policy;

/// <summary>One thing wrong with a policy: where, what, and what to do.</summary>
/// <param name="Origin">Where it stands.</param>
/// <param name="Path">The key, for example <c>budgets[1].limit</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record PolicyError(PolicyOrigin Origin, string Path, string Message, string Remedy)
{
    /// <summary><c>file:line:column: path: message. Remedy</c>.</summary>
    public override string ToString()
    {
        var where = Origin.ToString();
        var at =
            Path.Length == 0 ? where
            : where.Length == 0 ? Path
            : $"{where}: {Path}";
        return $"{(at.Length == 0 ? "policy" : at)}: {Message} {Remedy}".TrimEnd();
    }
}
