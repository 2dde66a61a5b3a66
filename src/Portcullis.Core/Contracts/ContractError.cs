namespace Portcullis.Core.Contracts;

/// <summary>One thing wrong with, or not held of, a contract: where, what, and what to do.</summary>
/// <param name="File">The file it stands in.</param>
/// <param name="Line">1-based; null when it cannot be told.</param>
/// <param name="Pointer">JSON pointer (RFC 6901) in that file; empty for the whole.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ContractError(string File, int? Line, string Pointer, string Problem, string Remedy)
{
    /// <summary><c>file:line: pointer: problem Remedy</c>.</summary>
    public override string ToString()
    {
        var at = Line is { } line ? $"{File}:{line}" : File;
        return Pointer.Length == 0 ? $"{at}: {Problem} {Remedy}" : $"{at}: {Pointer}: {Problem} {Remedy}";
    }
}
