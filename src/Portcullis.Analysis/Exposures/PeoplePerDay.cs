namespace Portcullis.Analysis.Exposures;

/// <summary>Distribution of the distinct people one caller receives on one day.</summary>
/// <param name="Days">How many caller-days it is taken from.</param>
/// <param name="Median">Half of them stay at or below it.</param>
/// <param name="P999">999 of 1,000 stay at or below it.</param>
/// <param name="Most">The highest.</param>
/// <param name="MostOfOthers">The highest of all callers but the heaviest, the one with the highest; 0 when there is no other.</param>
/// <param name="MostOnThreeDays">What the heaviest caller reached on three days; 0 when there were not as many.</param>
public readonly record struct PeoplePerDay(long Days, int Median, int P999, int Most, int MostOfOthers, int MostOnThreeDays)
{
    public static readonly PeoplePerDay None;

    /// <summary>The distribution of callers' days in any order.</summary>
    public static PeoplePerDay Of<TCaller>(IEnumerable<(TCaller Caller, int People)> days)
    {
        var all = days.ToArray();
        var heaviest = all.DefaultIfEmpty().MaxBy(day => day.People).Caller;
        return Of(
            all.GroupBy(day => day.People)
                .Select(same => (same.Key, same.LongCount(), same.LongCount(day => !Equals(day.Caller, heaviest))))
        );
    }

    /// <summary>The distribution of counts in any order, each with the caller-days on which it was reached.</summary>
    /// <param name="counts">People, days, and on how many of them it was another caller than the one with the highest count.</param>
    public static PeoplePerDay Of(IEnumerable<(int People, long Days, long OthersDays)> counts)
    {
        var sorted = counts.OrderBy(count => count.People).ToArray();
        var days = sorted.Sum(count => count.Days);
        return days == 0
            ? None
            : new(
                days,
                Quantile(sorted, days, 0.5),
                Quantile(sorted, days, 0.999),
                sorted[^1].People,
                sorted.LastOrDefault(count => count.OthersDays > 0).People,
                HeaviestOn(3, sorted)
            );
    }

    private static int HeaviestOn(long days, (int People, long Days, long OthersDays)[] sorted)
    {
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            days -= sorted[i].Days - sorted[i].OthersDays;
            if (days <= 0)
            {
                return sorted[i].People;
            }
        }
        return 0;
    }

    // Nearest rank: the smallest value that at least this share does not exceed.
    private static int Quantile((int People, long Days, long OthersDays)[] sorted, long days, double share)
    {
        var rest = Math.Max(1, (long)Math.Ceiling(share * days));
        foreach (var (people, count, _) in sorted)
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
