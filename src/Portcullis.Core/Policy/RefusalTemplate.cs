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
                    found.Value[1..^1].Trim() switch
                    {
                        "status" => reason.Status.ToString(CultureInfo.InvariantCulture),
                        "title" => reason.Title,
                        "incident" => incident,
                        "executed" => executed ? "true" : "false",
                        _ => found.Value,
                    }
            );
    }

    /// <summary>
    /// Words in braces that nothing replaces and that are near one that would be, each once, with the place of its brace. Others are the
    /// body's own: scripts and style sheets have words in braces too.
    /// </summary>
    internal static IEnumerable<(string Name, string Meant, int At)> Misspelt(string template)
    {
        var seen = new HashSet<string>();
        foreach (Match found in Braced().Matches(template))
        {
            var name = found.Value[1..^1].Trim();
            if (!Placeholders.Contains(name) && seen.Add(name) && MessageText.Nearest(name, Placeholders) is { } meant)
            {
                yield return (name, meant, found.Index);
            }
        }
    }

    // A word alone: braces of JSON, style sheets and scripts hold quotes, colons or semicolons too.
    [GeneratedRegex(@"\{\s*[\p{L}_][\p{L}\p{N}_.-]*\s*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Braced();
}
