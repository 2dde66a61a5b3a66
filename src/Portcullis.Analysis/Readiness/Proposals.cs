using Portcullis.Analysis.Exposures;

namespace Portcullis.Analysis.Readiness;

/// <summary>
/// Proposes a daily budget of distinct people per caller from what callers were seen to need: what 999 of 1,000 caller-days stay under, and no
/// more than two callers reached, or one on three days; times a margin, rounded up to a number people write. What one caller took on a day or
/// two never raises it, however few others there are. Who takes much day after day cannot be told from an office by numbers: he is named.
/// </summary>
public static class Proposals
{
    /// <summary>Caller-days below which nothing is proposed.</summary>
    public const int FewestDays = 100;

    /// <summary>
    /// Room above what was seen: a sale or a holiday brings a network's quiet half along, which a usual week does not show, and a
    /// budget that refuses customers on that day is worse than one that is three times too high on all others.
    /// </summary>
    public const double Margin = 3;

    /// <summary>Lowest proposal: a household's members or a few look-ups are nobody's breach.</summary>
    public const int Lowest = 5;

    /// <summary>How many times more one caller takes than any other before it is said beside the proposal.</summary>
    public const int Apart = 10;

    /// <summary>The proposed limit, or null when too little was seen.</summary>
    public static int? DailyLimit(PeoplePerDay daily)
    {
        var confirmed = Math.Min(daily.P999, Math.Max(daily.MostOfOthers, daily.MostOnThreeDays));
        return daily.Days < FewestDays || confirmed == 0
            ? null
            : RoundUp(Math.Max(Lowest, (int)Math.Ceiling(confirmed * Margin)));
    }

    // Up to two digits as it is, then two leading digits: 5, 17, 99, 120, 1300.
    private static int RoundUp(int value)
    {
        var step = 1;
        while (value / step >= 100)
        {
            step *= 10;
        }
        return (value + step - 1) / step * step;
    }
}
