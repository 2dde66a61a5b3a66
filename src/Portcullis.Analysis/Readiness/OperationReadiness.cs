using System.Globalization;
using Portcullis.Analysis.Exposures;
using Portcullis.Core.Admission;

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

    /// <summary>Share of exchanges without credential up to which an operation is taken to be meant for callers with one.</summary>
    public const double StrangersShare = 0.1;

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
        if (Opposing(usage) is { } top)
        {
            // Callers overlap between reasons, so the sum only ever overstates.
            var share = usage.Objections.Sum(objection => objection.Callers) / (double)usage.Callers;
            var why = Text(
                $"{top.Reason} would have stopped {top.Exchanges} exchanges of {top.Callers} callers ({share:0.##%} of all). `portcullis explain` one of them."
            );
            return new(Advice.Look, why, limit);
        }
        if (Share(usage, usage.Objections.Where(IsHole).Sum(objection => objection.Callers)) > HarmlessShare)
        {
            var strangers = usage.Objections.Where(IsHole).Sum(objection => objection.Exchanges);
            var why = Text(
                $"{strangers} of {usage.Exchanges} exchanges came without any credential, all others show one. Enforcing stops exactly those; if they should pass, say `authentication: public`."
            );
            return new(Advice.Close, why, limit);
        }
        return new(
            Advice.Promote,
            Text($"Of {usage.Exchanges} exchanges in {days:0} days next to none would have been stopped.{Heaviest(usage.Daily)}"),
            limit
        );
    }

    private static string Heaviest(PeoplePerDay daily) =>
        daily.Most > (long)Proposals.Apart * daily.MostOfOthers && daily.Most > Proposals.Lowest
            ? Text(
                $" One caller had {daily.Most} people on a day, any other at most {daily.MostOfOthers}: see who it is (`portcullis callers --order people`) before you take the budget."
            )
            : "";

    // The most frequent objection when it needs a look, or null.
    private static ObjectionCount? Opposing(OperationUsage usage)
    {
        var strangers = usage.Objections.Where(IsHole).Sum(objection => objection.Exchanges);
        var isHole = strangers <= usage.Exchanges * StrangersShare;
        var opposing = isHole ? usage.Objections.Where(objection => !IsHole(objection)).ToArray() : [.. usage.Objections];
        return Share(usage, opposing.Sum(objection => objection.Callers)) > HarmlessShare ? opposing[0] : null;
    }

    private static bool IsHole(ObjectionCount objection) =>
        objection.Reason == AdmissionGuard.AnonymousPersonalData.Id
        || objection.Reason == AdmissionGuard.AuthenticationRequired.Id;

    private static double Share(OperationUsage usage, long callers) => usage.Callers == 0 ? 0 : callers / (double)usage.Callers;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
