using Portcullis.Analysis.Exposures;
using Portcullis.Analysis.Incidents;
using Portcullis.Api.Answers;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>Puts together what an operator needs to judge one incident.</summary>
internal static class IncidentExplanation
{
    private const long NearMilliseconds = 10 * 60 * 1000;
    private const int MostNearby = 500;

    public static async Task<IncidentAnswer> OfAsync(AdminCall call, ExchangeEntry exchange)
    {
        var state = call.State;
        var nearby = await call.Ledger.ExchangesAsync(
            exchange.Caller,
            exchange.At - NearMilliseconds,
            exchange.At + NearMilliseconds,
            MostNearby,
            call.Aborted
        );
        var reason = exchange.Reason is { } id ? ReasonCatalog.Find(id) : null;
        var phases = exchange.PhaseMilliseconds;
        var allowance = IncidentRoutes.FindAllowance(call, exchange);
        var budgets = BudgetUse.Of(state, exchange.Caller, exchange.Pools, OperationOf(state, exchange.Operation));
        var exceeded = ExceededOf(state, exchange, budgets);
        return new IncidentAnswer
        {
            Incident = IncidentId.Of(state.Keys, exchange.Sequence),
            At = Wording.Time(exchange.At),
            Caller = exchange.Caller.ToString(),
            Rung = Wording.Camel(exchange.Rung),
            Network = exchange.Network.ToString(),
            Operation = Wording.Operation(state, exchange.Operation),
            UpstreamStatus = exchange.WasForwarded ? exchange.Status : 0,
            Verdict = Wording.Camel(exchange.Verdict),
            IsEnforced = exchange.IsEnforced,
            Reason = exchange.Reason,
            Explanation = reason?.Explanation,
            Items = exchange.Items,
            Released = exchange.Released,
            Milliseconds = new PhaseAnswer(phases[0], phases[1], phases[2], phases[3]),
            Exceeded = exceeded is null ? null : Wording.Budget(exceeded),
            Budgets = [.. budgets.Select(Wording.Budget)],
            Remedy = RemedyOf(exchange) + (exceeded is null ? "" : $" {WideningOf(exceeded)}"),
            CanBeAllowed = exchange.Verdict > VerdictKind.Observe && exchange.Reason is { } rule && Allowance.CanCover(rule),
            Allowance = allowance is null ? null : IncidentRoutes.Answer(call, allowance),
            Nearby = [.. Group(call, nearby.Where(other => other.Sequence != exchange.Sequence))],
        };
    }

    /// <summary>The smallest thing that would have let the exchange pass.</summary>
    public static string RemedyOf(ExchangeEntry exchange)
    {
        var reason = exchange.Reason ?? "";
        if (exchange.Verdict <= VerdictKind.Observe)
        {
            return "Nothing stopped it.";
        }
        if (Allowance.CanCover(reason))
        {
            var passed = exchange.IsEnforced ? "" : " It passed, because the operation is monitored.";
            return $"`portcullis allow` this incident: {reason}, this operation, this caller only, until a time you give.{passed}";
        }
        return reason switch
        {
            _ when reason.StartsWith("restrictions/", StringComparison.Ordinal) => "`portcullis release` ends the restriction.",
            _ when reason.StartsWith("identity/", StringComparison.Ordinal) => "The caller needs a credential that is good.",
            _ when reason.StartsWith("canonical/", StringComparison.Ordinal) =>
                "The client must send a request that can be read in one way only; there is no exception from that.",
            _ when reason.StartsWith("gate/", StringComparison.Ordinal) =>
                "The gateway could not judge it; look at its log. The operation's `onFailure` word decides what happens then.",
            _ => "Change the policy; `portcullis check` says whether the change is good.",
        };
    }

    // After a restart only what is full now can be named.
    private static BudgetUse? ExceededOf(GateState state, ExchangeEntry exchange, IReadOnlyList<BudgetUse> now) =>
        exchange.Reason?.StartsWith("exposure/", StringComparison.Ordinal) != true ? null
        : state.OverrunOf(exchange.Sequence) is { } then ? new BudgetUse(then.Budget, then.Used)
        : now.FirstOrDefault(use => use.Used >= use.Budget.Limit - use.Budget.ReservedSubjects);

    private static string? OperationOf(GateState state, int operation) =>
        operation >= 0 && operation < state.Operations.All.Length ? state.Operations.All[operation].Id : null;

    private static string WideningOf(BudgetUse use)
    {
        var kept = use.Budget.ReservedSubjects > 0 ? $", {use.Budget.ReservedSubjects} of them kept for quiet members" : "";
        return $"Budget `{use.Budget.Name}` ({Wording.Scope(use.Budget)}) stood at {use.Used} of {use.Budget.Limit} people in "
            + $"{Duration.Text(use.Budget.Window)}{kept}; for everybody it covers, raise its `limit`.";
    }

    private static IEnumerable<NearbyAnswer> Group(AdminCall call, IEnumerable<ExchangeEntry> exchanges) =>
        exchanges
            .GroupBy(one => (one.Operation, one.Verdict, one.IsEnforced, one.Reason))
            .Select(group => new NearbyAnswer(
                Wording.Operation(call.State, group.Key.Operation),
                Wording.Camel(group.Key.Verdict),
                group.Key.IsEnforced,
                group.Key.Reason,
                group.Count(),
                group.Sum(one => one.Released)
            ))
            .OrderByDescending(group => group.Exchanges);
}
