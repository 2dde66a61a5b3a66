using System.Globalization;
using Portcullis.Analysis.Exposures;
using Portcullis.Api.Answers;
using Portcullis.Core;

namespace Portcullis.Api;

/// <summary>What operators and policies changed: the audit trail of the gateway itself.</summary>
internal static class EventRoutes
{
    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/events",
            Id = "events",
            Summary =
                "What operators and policies changed, newest first: switches, bypasses, restrictions, allowances, revocations.",
            Query =
            [
                ("take", "How many; 50 unless given, at most 1,000."),
                ("before", "The record of an entry: only older ones, so that lists of any length can be read in parts."),
            ],
            Answer = AdminJson.Default.EventAnswerArray,
            Handle = ListAsync,
        },
    ];

    private static async Task<object> ListAsync(AdminCall call)
    {
        var take = call.Take();
        await call.CatchUpAsync();
        var events = await call.Ledger.EventsAsync(take, call.Before(), call.Aborted);
        return events.Select(entry => Answer(call.State, entry)).ToArray();
    }

    private static EventAnswer Answer(GateState state, EventEntry entry)
    {
        var change = entry.Change;
        return new EventAnswer
        {
            Record = entry.Sequence,
            At = Wording.Time(change.At),
            Kind = change.Kind,
            Operation = Number(change["operation"]) is { } index ? Wording.Operation(state, (int)index) : null,
            Target = change["caller"] ?? change["target"] ?? change["version"],
            Mode = change["mode"]?.ToLowerInvariant(),
            Reason = change["reason"],
            Until = Number(change["until"]) is { } until ? Wording.End(until) : null,
            Why = change["why"],
        };
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
