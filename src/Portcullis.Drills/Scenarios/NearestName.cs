namespace Portcullis.Drills.Scenarios;

/// <summary>Finds the known name a mistyped one most probably means.</summary>
internal static class NearestName
{
    /// <summary>The known name within a third of the written one's length in edits, or null.</summary>
    public static string? Find(string written, IEnumerable<string> known)
    {
        string? best = null;
        var least = Math.Max(2, written.Length / 3) + 1;
        foreach (var name in known)
        {
            var distance = Distance(written, name);
            if (distance < least)
            {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    // Levenshtein distance, two rows.
    private static int Distance(string left, string right)
    {
        var before = new int[right.Length + 1];
        var row = new int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++)
        {
            before[j] = j;
        }
        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(before[j - 1] + change, Math.Min(before[j], row[j - 1]) + 1);
            }
            (before, row) = (row, before);
        }
        return before[right.Length];
    }
}
