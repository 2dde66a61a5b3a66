using System.Globalization;
using Portcullis.Analysis.Exposures;

namespace Portcullis.Analysis.Readiness;

/// <summary>Whether one operation is ready to enforce, judged by what monitoring recorded.</summary>
/// <param name="Advice">What to do.</param>
/// <param name="Because">Why, in one sentence with the numbers.</param>
/// <param name="DailyLimit">Proposed budget of distinct people per caller and day; null when too little was seen.</param>
public sealed record OperationReadiness(Advice Advice, string Because, int? DailyLimit)
{
    /// <summary>Exchanges below which nothing can be said: one honest refusal in 10,000 would stay unseen in fewer.</summary>
    public const int FewestExchanges = 1000;

    /// <summary>Days below which weekly habits were not seen.</summary>
    public const int FewestDays = 7;

    /// <summary>Share of callers that may be stopped without a closer look.</summary>
    public const double HarmlessShare = 0.0001;

    private const double MillisecondsPerDay = 24 * 60 * 60 * 1000.0;

    /// <summary>The judgement for one operation.</summary>
    /// <param name="usage">What was recorded.</param>
    /// <param name="isEnforced">Whether it enforces now.</param>
    /// <param name="now">Gate time.</param>
    public static OperationReadiness Of(OperationUsage usage, bool isEnforced, long now)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var limit = Proposals.DailyLimit(usage.Daily);
        var days = (now - usage.FirstSeen) / MillisecondsPerDay;
        var top = usage.Objections.Count > 0 ? usage.Objections[0] : null;
        if (isEnforced)
        {
            var stopped = usage.Objections.Sum(objection => objection.Enforced);
            return new(Advice.Enforced, Text($"It enforces; {stopped} exchanges were stopped so far."), limit);
        }
        if (usage.Exchanges < FewestExchanges || days < FewestDays)
        {
            var why = Text(
                $"{usage.Exchanges} exchanges in {days:0.#} days were seen; {FewestExchanges} in {FewestDays} days show what honest callers do."
            );
            return new(Advice.Wait, why, limit);
        }
        // Callers overlap between reasons, so the sum only ever overstates.
        var share = usage.Callers == 0 ? 0 : usage.Objections.Sum(objection => objection.Callers) / (double)usage.Callers;
        if (top is not null && share > HarmlessShare)
        {
            var why = Text(
                $"{top.Reason} would have stopped {top.Exchanges} exchanges of {top.Callers} callers ({share:0.##%} of all). `portcullis explain` one of them."
            );
            return new(Advice.Look, why, limit);
        }
        return new(
            Advice.Promote,
            Text($"Of {usage.Exchanges} exchanges in {days:0} days next to none would have been stopped."),
            limit
        );
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
