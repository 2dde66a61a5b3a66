using System.Reflection;
using Portcullis.Analysis.Exposures;
using Portcullis.Api.Answers;
using Portcullis.Core;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>How the gateway is doing, and what left unread.</summary>
internal static class StatusRoutes
{
    private const int ShownUnmeasured = 5;

    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/status",
            Id = "status",
            Summary = "How the gateway is doing: policy, counts, ledger, what left unread.",
            Answer = AdminJson.Default.StatusAnswer,
            Handle = StatusAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/v1/unmeasured",
            Id = "unmeasured",
            Summary = "Answers that left without being read, newest first.",
            Query =
            [
                ("take", "How many; 50 unless given, at most 1,000."),
                ("before", "The record of an entry: only older ones, so that lists of any length can be read in parts."),
            ],
            Answer = AdminJson.Default.UnmeasuredAnswerArray,
            Handle = UnmeasuredAsync,
        },
    ];

    private static async Task<object> StatusAsync(AdminCall call)
    {
        var state = call.State;
        var policy = state.Policy;
        var now = state.Clock.Now;
        var unmeasured = await LatestUnmeasuredAsync(call);
        var operations = state.Operations.All.ToArray();
        var standing = call.Ledger.Standing;
        return new StatusAnswer
        {
            Version = typeof(StatusRoutes)
                .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
                .InformationalVersion,
            Mode = Wording.Camel(policy.Mode),
            Policy = policy.Version,
            Now = Wording.Time(now),
            Upstreams = Upstreams(state),
            Operations = operations.Length,
            Enforced = operations.Count(operation => Wording.ModeOf(state, operation) == Mode.Enforce),
            Personal = operations.Count(operation => operation.ClassesSeen != 0),
            Callers = state.Callers.Count,
            Restrictions = state.Restrictions.All.Count(restriction => restriction.Until > now),
            Allowances = state.Allowances.All.Count(allowance => allowance.Until > now),
            Bypasses = operations.Count(operation =>
                state.Overrides.InForce(operation.Index, now) is { Mode: Mode.Monitor, HasEnd: true }
            ),
            Journal = state.Journal.LastSequence,
            Ledger = call.Ledger.Position,
            JournalBytes = standing.JournalBytes,
            JournalLimit = standing.JournalLimit,
            JournalFailures = call.Services.JournalFailures(),
            Stores =
            [
                .. standing.Stores.Select(store => new StoreAnswer(
                    store.Name,
                    Math.Max(0, state.Journal.LastSequence - store.Position),
                    store.Failure
                )),
            ],
            Unmeasured = [.. unmeasured.Select(exchange => Wording.Unmeasured(state, exchange))],
        };
    }

    // Status is what people look at when a store has failed: it must answer then, too.
    private static async Task<IReadOnlyList<ExchangeEntry>> LatestUnmeasuredAsync(AdminCall call)
    {
        try
        {
            return await call.Ledger.UnmeasuredAsync(ShownUnmeasured, long.MaxValue, call.Aborted);
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static async Task<object> UnmeasuredAsync(AdminCall call)
    {
        var take = call.Take();
        await call.CatchUpAsync();
        var unmeasured = await call.Ledger.UnmeasuredAsync(take, call.Before(), call.Aborted);
        return unmeasured.Select(exchange => Wording.Unmeasured(call.State, exchange)).ToArray();
    }

    private static string[] Upstreams(GateState state)
    {
        var all = state.Policy.UpstreamsByHost.Values.Append(state.Policy.DefaultUpstream).OfType<Core.UpstreamPlan>();
        return [.. all.Select(upstream => $"{upstream.Name} {upstream.AddressPrefix}").Distinct().Order(StringComparer.Ordinal)];
    }
}
