using System.Text;

namespace Portcullis.Core;

/// <summary>Words for error messages: nearest names, shortened values.</summary>
internal static class MessageText
{
    private const int MaxShown = 80;

    /// <summary>A value as a message shows it: one line, at most 80 characters, nothing that moves a terminal's cursor.</summary>
    public static string Shown(string value)
    {
        var text = new StringBuilder(Math.Min(value.Length, MaxShown) + 1);
        foreach (var c in value)
        {
            if (text.Length == MaxShown)
            {
                text.Append('…');
                break;
            }
            text.Append(char.IsControl(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format ? '?' : c);
        }
        return text.ToString();
    }

    /// <summary>The candidate most like the name, or null when none is near: at most a third of the letters differ, whatever their case; swapped neighbours count as one.</summary>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        if (name.Length > 200)
        {
            return null;
        }
        string? best = null;
        var least = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < least && distance <= Math.Max(name.Length, candidate.Length) / 3)
            {
                (best, least) = (candidate, distance);
            }
        }
        return best;
    }

    /// <summary>"Did you mean `x`?" when something is near, else the whole choice.</summary>
    public static string Suggest(string name, IReadOnlyCollection<string> candidates, string otherwise)
    {
        if (Nearest(name, candidates) is { } nearest)
        {
            return $"Did you mean `{nearest}`?";
        }
        return candidates.Count is 0 or > 30 ? otherwise : $"Known here: {string.Join(", ", candidates)}.";
    }

    // Optimal string alignment: insert, delete, replace, swap of neighbours. Source: Damerau 1964, Levenshtein 1966.
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            last[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
