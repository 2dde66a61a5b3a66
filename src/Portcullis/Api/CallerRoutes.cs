using Portcullis.Analysis.Exposures;
using Portcullis.Analysis.Incidents;
using Portcullis.Analysis.Inventory;
using Portcullis.Api.Answers;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>Who calls, what each received, and who received one person's record.</summary>
internal static class CallerRoutes
{
    private const int MostSightings = 10_000;

    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/callers",
            Id = "callers",
            Summary = "Callers, known by keyed hashes.",
            Query =
            [
                ("order", "people, exchanges, refused or latest; people unless given."),
                ("take", "How many; 50 unless given, at most 1,000."),
            ],
            Answer = AdminJson.Default.CallerAnswerArray,
            Handle = CallersAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/callers/find",
            Id = "findCaller",
            Summary = "The hash of an account, key or network. Names stand in bodies only, never in URLs.",
            Body = AdminJson.Default.CallerNameRequest,
            Answer = AdminJson.Default.CallerNameAnswer,
            Handle = FindAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/v1/callers/{caller}/exposure",
            Id = "exposure",
            Summary = "What one caller received, by operation, and what its budgets stand at.",
            Answer = AdminJson.Default.ExposureAnswer,
            Handle = ExposureAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/whosaw",
            Id = "whosaw",
            Summary = "Who received a person's record: when, through which operation, which data classes.",
            Body = AdminJson.Default.WhoSawRequest,
            Answer = AdminJson.Default.WhoSawAnswer,
            Handle = WhoSawAsync,
        },
    ];

    private static async Task<object> CallersAsync(AdminCall call)
    {
        var take = call.Take();
        var word = call.Query("order") ?? "people";
        if (int.TryParse(word, out _) || !Enum.TryParse<CallerOrder>(word, ignoreCase: true, out var order))
        {
            throw AdminProblem.BadInput("order: must be people, exchanges, refused or latest.");
        }
        await call.CatchUpAsync();
        var callers = await call.Ledger.CallersAsync(order, take, call.Aborted);
        return callers.Select(caller => Wording.Caller(call.State, caller)).ToArray();
    }

    private static async Task<object> FindAsync(AdminCall call)
    {
        var name = (await call.ReadAsync(AdminJson.Default.CallerNameRequest)).Name;
        await call.CatchUpAsync();
        var found = await CallerFinding.FindAsync(call, name);
        return new CallerNameAnswer(found.Key.ToString(), found.IsKnown);
    }

    private static async Task<object> ExposureAsync(AdminCall call)
    {
        var caller = call.KeyFrom("caller");
        await call.CatchUpAsync();
        var exposure =
            await call.Ledger.ExposureAsync(caller, call.Aborted)
            ?? throw AdminProblem.NotFound("No exchange of such a caller is recorded. GET /v1/callers lists callers.");
        // Pools follow from what a caller shows; the latest exchange is the best that is known.
        var latest = await call.Ledger.ExchangesAsync(caller, 0, long.MaxValue, 1, call.Aborted);
        var pools = latest.Count > 0 ? latest[0].Pools : 0;
        return new ExposureAnswer(
            Wording.Caller(call.State, exposure.Caller),
            [
                .. exposure.Operations.Select(operation => new OperationExposureAnswer(
                    Wording.Operation(call.State, operation.Operation),
                    operation.Exchanges,
                    operation.People,
                    DataClassNames.Of(operation.Classes),
                    Wording.Time(operation.LastSeen)
                )),
            ],
            [.. BudgetUse.Of(call.State, caller, pools, operation: null).Select(Wording.Budget)]
        );
    }

    private static async Task<object> WhoSawAsync(AdminCall call)
    {
        var request = await call.ReadAsync(AdminJson.Default.WhoSawRequest);
        if (request.Take is < 1 or > MostSightings)
        {
            throw AdminProblem.BadInput($"take: must be 1 to {MostSightings}.");
        }
        var search = SubjectSearch.Of(call.State.Keys, request.Subject);
        if (search.Keys.Count == 0)
        {
            throw AdminProblem.BadInput(
                "subject: give an identifier of at most 256 bytes: a phone number, e-mail address, account number …"
            );
        }
        await call.CatchUpAsync();
        var seen = await call.Ledger.WhoSawAsync(search.Keys, request.Take + 1, call.Aborted);
        var exposures = seen.Take(request.Take).Select(exposure => Sighting(call, exposure)).ToList();
        return new WhoSawAnswer(search.Kinds, exposures.Select(exposure => exposure.Caller).Distinct().Count(), exposures)
        {
            IsCut = seen.Count > request.Take,
        };
    }

    private static SightingAnswer Sighting(AdminCall call, ExposureEntry exposure) =>
        new(
            Wording.Time(exposure.At),
            exposure.Caller.ToString(),
            Wording.Camel(exposure.Rung),
            Wording.Operation(call.State, exposure.Operation),
            DataClassNames.Of(exposure.Classes),
            Wording.Camel(exposure.Outcome),
            IncidentId.Of(call.State.Keys, exposure.Sequence)
        );
}
