namespace Portcullis.Commands;

/// <summary>Finds the known word a mistyped one was meant to be: fewest single-letter edits, neighbouring swaps count one.</summary>
internal static class NearestWord
{
    /// <summary>The closest of <paramref name="known"/>, or null when more than a third of the letters differ.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        string? nearest = null;
        var fewest = (word.Length / 3) + 1;
        foreach (var candidate in known.Order(StringComparer.Ordinal))
        {
            var edits = Edits(word, candidate);
            if (edits < fewest)
            {
                (nearest, fewest) = (candidate, edits);
            }
        }
        return nearest;
    }

    /// <summary>Optimal string alignment distance.</summary>
    private static int Edits(string from, string to)
    {
        var rows = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }
                var change = from[i - 1] == to[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }
        return rows[from.Length, to.Length];
    }
}
