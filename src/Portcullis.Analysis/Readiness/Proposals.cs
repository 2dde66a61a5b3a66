using Portcullis.Analysis.Exposures;

namespace Portcullis.Analysis.Readiness;

/// <summary>
/// Proposes a daily budget of distinct people per caller from what callers were seen to need: what 999 of 1,000 caller-days stay under, times
/// a margin, rounded up to a number people write. The caller with the highest day counts for nothing, on none of his days, so an attacker who
/// is already there does not write his own budget.
/// </summary>
public static class Proposals
{
    /// <summary>Caller-days, those of the heaviest caller aside, below which nothing is proposed.</summary>
    public const int FewestDays = 100;

    /// <summary>
    /// Room above what was seen: a sale or a holiday brings a network's quiet half along, which a usual week does not show, and a
    /// budget that refuses customers on that day is worse than one that is three times too high on all others.
    /// </summary>
    public const double Margin = 3;

    /// <summary>Lowest proposal: a household's members or a few look-ups are nobody's breach.</summary>
    public const int Lowest = 5;

    /// <summary>The proposed limit, or null when too little was seen.</summary>
    public static int? DailyLimit(PeoplePerDay daily) =>
        daily.Days < FewestDays ? null : RoundUp(Math.Max(Lowest, (int)Math.Ceiling(Math.Max(1, daily.P999) * Margin)));

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
