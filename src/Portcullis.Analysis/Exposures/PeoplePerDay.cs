namespace Portcullis.Analysis.Exposures;

/// <summary>Distribution of the distinct people one caller receives on one day.</summary>
/// <param name="Days">How many caller-days it is taken from.</param>
/// <param name="Median">Half of them stay at or below it.</param>
/// <param name="P999">999 of 1,000 stay at or below it.</param>
/// <param name="Most">The highest.</param>
public readonly record struct PeoplePerDay(long Days, int Median, int P999, int Most)
{
    public static readonly PeoplePerDay None;

    /// <summary>The distribution of counts in any order.</summary>
    public static PeoplePerDay Of(IEnumerable<int> counts)
    {
        var sorted = counts.Order().ToArray();
        return sorted.Length == 0 ? None : new(sorted.Length, Quantile(sorted, 0.5), Quantile(sorted, 0.999), sorted[^1]);
    }

    // Nearest rank: the smallest value that at least this share does not exceed.
    private static int Quantile(int[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
