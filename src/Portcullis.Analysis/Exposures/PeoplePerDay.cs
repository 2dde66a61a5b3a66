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
    public static PeoplePerDay Of(IEnumerable<int> counts) =>
        Of(counts.CountBy(count => count).Select(pair => (pair.Key, (long)pair.Value)));

    /// <summary>The distribution of all callers' days but those of the caller with the highest one.</summary>
    public static PeoplePerDay OfAllButHeaviest<TCaller>(IEnumerable<(TCaller Caller, int People)> days)
    {
        var all = days.ToArray();
        var heaviest = all.DefaultIfEmpty().MaxBy(day => day.People).Caller;
        return Of(all.Where(day => !Equals(day.Caller, heaviest)).Select(day => day.People));
    }

    /// <summary>The distribution of counts in any order, each with the caller-days on which it was reached.</summary>
    public static PeoplePerDay Of(IEnumerable<(int People, long Days)> counts)
    {
        var sorted = counts.OrderBy(count => count.People).ToArray();
        var days = sorted.Sum(count => count.Days);
        return days == 0 ? None : new(days, Quantile(sorted, days, 0.5), Quantile(sorted, days, 0.999), sorted[^1].People);
    }

    // Nearest rank: the smallest value that at least this share does not exceed.
    private static int Quantile((int People, long Days)[] sorted, long days, double share)
    {
        var rest = Math.Max(1, (long)Math.Ceiling(share * days));
        foreach (var (people, count) in sorted)
        {
            rest -= count;
            if (rest <= 0)
            {
                return people;
            }
        }
        return sorted[^1].People;
    }
}
