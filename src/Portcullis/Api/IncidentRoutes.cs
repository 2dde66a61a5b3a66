using Portcullis.Analysis.Exposures;
using Portcullis.Api.Answers;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>The on-call loop: explain an incident, allow it for a while.</summary>
internal static class IncidentRoutes
{
    private const long LongestMilliseconds = 90L * 24 * 60 * 60 * 1000;

    public static IReadOnlyList<AdminRoute> All { get; } =
    [
        new()
        {
            Method = "GET",
            Path = "/v1/incidents/{id}",
            Id = "explain",
            Summary = "One exchange explained: who, which rule, the numbers, the smallest exception, what else the caller did.",
            Answer = AdminJson.Default.IncidentAnswer,
            Handle = ExplainAsync,
        },
        new()
        {
            Method = "POST",
            Path = "/v1/incidents/{id}/allow",
            Id = "allow",
            Summary = "Lets the caller of an incident pass the rule that stopped it, on that operation, until a time.",
            Body = AdminJson.Default.AllowRequest,
            Answer = AdminJson.Default.AllowanceAnswer,
            Handle = AllowAsync,
        },
        new()
        {
            Method = "DELETE",
            Path = "/v1/incidents/{id}/allow",
            Id = "disallow",
            Summary = "Ends the allowance made for an incident.",
            Answer = AdminJson.Default.AllowanceAnswer,
            Handle = DisallowAsync,
        },
        new()
        {
            Method = "GET",
            Path = "/v1/allowances",
            Id = "allowances",
            Summary = "Allowances in force.",
            Answer = AdminJson.Default.AllowanceAnswerArray,
            Handle = ListAsync,
        },
    ];

    private static async Task<object> ExplainAsync(AdminCall call)
    {
        var exchange = await FindAsync(call);
        return await IncidentExplanation.OfAsync(call, exchange);
    }

    private static async Task<object> AllowAsync(AdminCall call)
    {
        var exchange = await FindAsync(call);
        var request = await call.ReadAsync(AdminJson.Default.AllowRequest);
        var now = call.State.Clock.Now;
        var until = Duration.EndOf(request.Until, now, "until");
        if (until - now > LongestMilliseconds)
        {
            throw AdminProblem.BadInput("until: at most 90 days; for longer, change the policy.");
        }
        if (exchange.Reason is not { } reason)
        {
            throw AdminProblem.Conflict("Nothing objected to this exchange, so there is nothing to allow.");
        }
        if (!Allowance.CanCover(reason))
        {
            throw AdminProblem.Conflict($"{reason} cannot be allowed. {IncidentExplanation.RemedyOf(exchange)}");
        }
        var allowance = new Allowance(
            reason,
            exchange.Operation,
            exchange.Caller,
            until,
            request.Why.Length == 0 ? $"incident {call.Route("id")}" : Wording.Why(request.Why)
        );
        call.State.Allow(allowance);
        return Answer(call, allowance);
    }

    private static async Task<object> DisallowAsync(AdminCall call)
    {
        var exchange = await FindAsync(call);
        var allowance =
            FindAllowance(call, exchange) ?? throw AdminProblem.NotFound("No allowance made for this incident is in force.");
        call.State.Allow(allowance with { Until = 0, Why = "ended by an operator" });
        return Answer(call, allowance);
    }

    private static Task<object> ListAsync(AdminCall call)
    {
        var now = call.State.Clock.Now;
        object answer = call
            .State.Allowances.All.Where(allowance => allowance.Until > now)
            .OrderBy(allowance => allowance.Until)
            .Select(allowance => Answer(call, allowance))
            .ToArray();
        return Task.FromResult<object>(answer);
    }

    /// <summary>The allowance in force that covers an exchange's reason, operation and caller.</summary>
    public static Allowance? FindAllowance(AdminCall call, ExchangeEntry exchange)
    {
        var now = call.State.Clock.Now;
        return call.State.Allowances.All.FirstOrDefault(one =>
            one.Reason == exchange.Reason
            && one.Operation == exchange.Operation
            && one.Caller == exchange.Caller
            && one.Until > now
        );
    }

    public static AllowanceAnswer Answer(AdminCall call, Allowance allowance) =>
        new(
            allowance.Reason,
            Wording.Operation(call.State, allowance.Operation),
            allowance.Caller.ToString(),
            Wording.Time(allowance.Until),
            allowance.Why
        );

    private static async Task<ExchangeEntry> FindAsync(AdminCall call)
    {
        var sequence =
            IncidentId.Parse(call.State.Keys, call.Route("id"))
            ?? throw AdminProblem.BadInput("An incident id looks like inc_0123456789abcdef; refusals carry it as `incident`.");
        if (sequence < 1 || sequence > call.State.Journal.LastSequence)
        {
            throw AdminProblem.NotFound(
                "No exchange has this incident id. Was it given by another gateway, or under an older ledger key?"
            );
        }
        await call.CatchUpAsync();
        return await call.Ledger.ExchangeAsync(sequence, call.Aborted)
            ?? throw AdminProblem.NotFound("The exchange is no longer kept: it is past retention.");
    }
}
