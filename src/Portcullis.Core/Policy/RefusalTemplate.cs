using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Portcullis.Core.Decisions;

namespace Portcullis.Core.Policy;

/// <summary>The upstream's own body of refusals: text with words in braces, which each refusal fills in.</summary>
public static partial class RefusalTemplate
{
    /// <summary>What <see cref="Fill"/> replaces, without braces.</summary>
    public static ImmutableArray<string> Placeholders { get; } = ["status", "title", "incident", "executed"];

    /// <summary>The body of one refusal.</summary>
    /// <param name="template">As the policy writes it.</param>
    /// <param name="reason">Why it is refused.</param>
    /// <param name="incident">What operators find it by.</param>
    /// <param name="executed">Whether the upstream has carried the request out.</param>
    public static string Fill(string template, Reason reason, string incident, bool executed)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return Braced()
            .Replace(
                template,
                found =>
                    found.Value switch
                    {
                        "{status}" => reason.Status.ToString(CultureInfo.InvariantCulture),
                        "{title}" => reason.Title,
                        "{incident}" => incident,
                        "{executed}" => executed ? "true" : "false",
                        _ => found.Value,
                    }
            );
    }

    /// <summary>Words in braces that nothing would replace, each once, with the place of its brace.</summary>
    internal static IEnumerable<(string Name, int At)> Unknown(string template) =>
        Braced()
            .Matches(template)
            .Where(found => !Placeholders.Contains(found.Value[1..^1]))
            .Select(found => (found.Value[1..^1].Trim(), found.Index))
            .DistinctBy(found => found.Item1);

    // A word alone: braces of JSON, style sheets and scripts hold quotes, colons or semicolons too.
    [GeneratedRegex(@"\{\s*[\p{L}_][\p{L}\p{N}_.-]*\s*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Braced();
}
