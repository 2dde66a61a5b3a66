using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Policy;
using Portcullis.Core.Records;
using Portcullis.Core.Traffic;

namespace Portcullis.Core;

/// <summary>The commit: the one critical section of the gate.</summary>
public sealed partial class GateState
{
    private const int JournalRetrySeconds = 10;

    /// <summary>See <see cref="Gate.Commit"/>.</summary>
    internal void Commit(Exchange exchange)
    {
        lock (_commit)
        {
            if (RestrictionOf(exchange) is not null)
            {
                exchange.Object(Judgement.Refuse(RestrictionsGuard.Restricted));
            }
            if (exchange.Effective < VerdictKind.Mask)
            {
                // Nothing is cut: what a guard would have dropped or masked leaves, and must be counted.
                SetOutcomes(exchange, ItemOutcome.Released);
            }
            if (!exchange.IsRefused && exchange.ResponseClasses != 0)
            {
                Reserve(exchange, Clock.Now);
            }
            else if (!exchange.IsRefused && ExposureVerdict.TellsWhoExists(exchange))
            {
                Conceal(exchange, Clock.Now);
            }
            if (exchange.IsRefused)
            {
                SetOutcomes(exchange, ItemOutcome.Dropped);
            }
            Links.Mark(exchange, Keys);
            Append(exchange);
            if (exchange.ExceededBudget is { } budget && exchange.Sequence > 0)
            {
                _overruns.Add(exchange.Sequence, budget, exchange.ExceededUse);
            }
        }
        if (exchange.Sequence > 0)
        {
            Links.Learn(exchange);
        }
        foreach (var rung in exchange.Rungs)
        {
            rung!.LastSeen = exchange.StartedAt;
        }
        exchange.Operation?.CountExchange();
    }

    /// <summary>All or nothing per item over all budgets; an answer that is refused in the end uses up nothing.</summary>
    private void Reserve(Exchange exchange, long now)
    {
        if (exchange.IsAnonymous)
        {
            _networks.Admit(exchange, now);
        }
        var isAllowed = Allowances.CoverBudgets(exchange);
        var overrun = _budgets.Reserve(exchange, now, exchange.IsEnforced && !isAllowed);
        ExposureVerdict.Judge(exchange, overrun, isAllowed);
        if (exchange.IsRefused)
        {
            _budgets.Cancel();
        }
        else
        {
            _budgets.Charge(exchange, now);
            if (exchange is { IsAnonymous: true, Caller: { } network })
            {
                _networks.Measure(network, now);
            }
            ChargeAdded(exchange, now);
        }
    }

    // An exchange that began under the policy before counts in what the policy in force has added, or it would be missed there for ever.
    private void ChargeAdded(Exchange exchange, long now)
    {
        if (ReferenceEquals(exchange.Policy, _policy))
        {
            return;
        }
        foreach (var rung in exchange.Rungs)
        {
            // It may have brought what it received into a pool that this exchange did not know yet: this too must come there.
            rung!.Exposure?.Leave();
        }
        if (!ReferenceEquals(exchange.Policy, _added.Before))
        {
            _added = (exchange.Policy, AddedSince(exchange.Policy));
        }
        if (_added.Restore is not { } restore)
        {
            return;
        }
        var pools = BudgetRestore.Names(exchange.Pools, [.. exchange.Policy.Pools.Select(pool => pool.Name)]);
        foreach (ref readonly var item in exchange.Items.Span)
        {
            if (item.Outcome != ItemOutcome.Released || item.Classes == 0)
            {
                continue;
            }
            foreach (var rung in exchange.Rungs)
            {
                restore.Exposure(rung!.Rung, rung.Key, exchange.Operation?.Index ?? -1, pools, item.Subject, now);
            }
        }
    }

    // Kept, since it is made under the lock that all wait for; exchanges of two policies before take turns at it, which is rare.
    private BudgetRestore? AddedSince(PolicySnapshot before)
    {
        var added = BudgetRestore.Added(before, _policy);
        return added.Count == 0 ? null : new BudgetRestore(this, _policy, added);
    }

    /// <summary>
    /// Whoever has no room left for a person gets the refusal that a person would bring also where there is none: a difference would
    /// confirm who exists, without end and uncounted.
    /// </summary>
    private void Conceal(Exchange exchange, long now)
    {
        if (exchange is { IsAnonymous: true, Caller: not null })
        {
            _networks.Admit(exchange, now);
        }
        ExposureVerdict.Judge(exchange, _budgets.MeetNobody(exchange, now), Allowances.CoverBudgets(exchange));
    }

    private void Append(Exchange exchange)
    {
        exchange.PhaseMilliseconds[(int)Phase.ResponseBody] = (int)Math.Min(int.MaxValue, Clock.Now - exchange.StartedAt);
        try
        {
            var reason = exchange.Reason is { } why ? NumberOf(why) : -1;
            _writer.Clear();
            ExchangeRecord.Write(_writer, exchange, Keys.Id, reason);
            exchange.Sequence = Journal.Append(_writer.Written);
        }
        catch (IOException fault)
        {
            Findings.JournalFailure(fault);
            // What was charged stays charged: budgets may over-count, never under-count.
            exchange.Sequence = -1;
            if (exchange.OnJournalFailure == FailureWord.Closed)
            {
                exchange.IsEnforced = true;
                exchange.Object(Judgement.Refuse(GateReasons.JournalFailure, JournalRetrySeconds));
            }
        }
    }

    private static void SetOutcomes(Exchange exchange, ItemOutcome outcome)
    {
        foreach (ref var item in exchange.Items.Span)
        {
            item.Outcome = outcome;
        }
    }
}
