using System.Text.Json;
using Portcullis.Analysis.Exposures;
using Portcullis.Analysis.Incidents;
using Portcullis.Api.Answers;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;
using Portcullis.Core.Traffic;

namespace Portcullis.Api;

/// <summary>The words answers are made of: times, operations, rungs, callers and budgets as people read them.</summary>
internal static class Wording
{
    public const string UnknownOperation = "unknown";

    public static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>Null for never.</summary>
    public static DateTimeOffset? End(long milliseconds) =>
        milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? null : Time(milliseconds);

    public static string Operation(GateState state, int index)
    {
        var all = state.Operations.All;
        return index >= 0 && index < all.Length ? all[index].Id : UnknownOperation;
    }

    public static string Camel<T>(T word)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(word.ToString());

    public static string Scope(Budget budget) =>
        budget.Scope == BudgetScope.Caller ? "caller" : $"pool {budget.Pool?.Name ?? "everybody"}";

    public static BudgetAnswer Budget(BudgetUse use) =>
        new(use.Budget.Name, Scope(use.Budget), use.Used, use.Budget.Limit, Duration.Text(use.Budget.Window));

    public static CallerAnswer Caller(GateState state, CallerEntry caller) =>
        new()
        {
            Caller = caller.Key.ToString(),
            Rung = Camel(caller.Rung),
            FirstSeen = Time(caller.FirstSeen),
            LastSeen = Time(caller.LastSeen),
            Exchanges = caller.Exchanges,
            Refused = caller.Refused,
            People = caller.People,
            IsRestricted = state.Restrictions.Find(caller.Key, state.Clock.Now) is not null,
        };

    public static UnmeasuredAnswer Unmeasured(GateState state, ExchangeEntry exchange) =>
        new(
            exchange.Sequence,
            IncidentId.Of(state.Keys, exchange.Sequence),
            Time(exchange.At),
            Operation(state, exchange.Operation),
            exchange.Caller.ToString(),
            Camel(exchange.Rung),
            exchange.Status
        );

    /// <summary>The mode an operation is judged by now.</summary>
    public static Mode ModeOf(GateState state, Operation operation) =>
        state.Overrides.Find(operation.Index, state.Clock.Now) ?? PlanOf(state, operation)?.Mode ?? state.Policy.Mode;

    /// <summary>The operation as the policy in force compiled it; null when its upstream is gone.</summary>
    public static OperationPlan? PlanOf(GateState state, Operation operation)
    {
        foreach (var upstream in state.Policy.UpstreamsByHost.Values)
        {
            if (upstream.Name == operation.Upstream)
            {
                return upstream.Router.PlanOf(operation);
            }
        }
        return state.Policy.DefaultUpstream?.Router.PlanOf(operation);
    }

    /// <summary>A reason given by an operator: one line of bounded length.</summary>
    public static string Why(string text)
    {
        var why = text.Trim();
        return why.Length is > 0 and <= 500 && !why.Any(char.IsControl)
            ? why
            : throw AdminProblem.BadInput("why: give a reason, one line of at most 500 characters.");
    }
}
