using System.Collections.Frozen;
using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Decisions;

/// <summary>All allowances in force, as one immutable set that the gate asks whenever a guard objects.</summary>
public sealed class Allowances
{
    /// <summary>Most allowances; the ones that end first make room.</summary>
    public const int Capacity = 10_000;

    public static readonly Allowances None = new([]);

    private readonly FrozenDictionary<(string Reason, int Operation, Key128 Caller), Allowance> _all;
    private readonly FrozenSet<Key128> _callers;

    // Nearly always true, and asked several times per exchange.
    private readonly bool _isEmpty;

    private Allowances(IEnumerable<Allowance> all)
    {
        _all = all.ToFrozenDictionary(one => (one.Reason, one.Operation, one.Caller));
        _callers = _all.Values.Select(one => one.Caller).ToFrozenSet();
        _isEmpty = _all.Count == 0;
    }

    public IEnumerable<Allowance> All => _all.Values;

    public int Count => _all.Count;

    /// <summary>The set with one more, without those that ended by <paramref name="now"/>.</summary>
    public Allowances With(Allowance allowance, long now) =>
        new(
            _all.Values.Where(one => one.Until > now && !IsSame(one, allowance))
                .OrderByDescending(one => one.Until)
                .Take(Capacity - 1)
                .Concat(allowance.Until > now && Allowance.CanCover(allowance.Reason) ? [allowance] : [])
        );

    /// <summary>True when an operator lets this caller pass the reason on this operation.</summary>
    public bool Cover(Exchange exchange, Reason reason)
    {
        if (_isEmpty)
        {
            return false;
        }
        foreach (var rung in exchange.Rungs)
        {
            if (Covers(exchange, reason, rung!.Key))
            {
                return true;
            }
        }
        return exchange.RungCount == 0 && Covers(exchange, reason, exchange.NetworkKey);
    }

    internal bool CoverBudgets(Exchange exchange) =>
        Cover(exchange, BudgetReasons.OverBudget) || Cover(exchange, BudgetReasons.TokenRequired);

    /// <summary>
    /// What a guard may change and an allowance must give back: the items' outcomes. Null for everybody without an allowance, so that only
    /// they pay for the copy.
    /// </summary>
    internal ItemOutcome[]? Keep(Exchange exchange, Phase phase)
    {
        if (_isEmpty || phase != Phase.ResponseBody || exchange.Items.Count == 0 || !Know(exchange))
        {
            return null;
        }
        var outcomes = new ItemOutcome[exchange.Items.Count];
        for (var i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = exchange.Items[i].Outcome;
        }
        return outcomes;
    }

    /// <summary>The judgement, or its milder form when an allowance covers it; items then keep the outcomes they had before.</summary>
    internal Judgement Weigh(Exchange exchange, in Judgement judgement, ItemOutcome[]? outcomes)
    {
        if (_isEmpty || judgement.Reason is not { } reason || !Cover(exchange, reason))
        {
            return judgement;
        }
        // Items that the guard itself added are released: nobody before it objected to them.
        for (var i = 0; i < exchange.Items.Count; i++)
        {
            exchange.Items[i].Outcome = outcomes is not null && i < outcomes.Length ? outcomes[i] : ItemOutcome.Released;
        }
        return Judgement.Observe(reason);
    }

    private bool Know(Exchange exchange)
    {
        foreach (var rung in exchange.Rungs)
        {
            if (_callers.Contains(rung!.Key))
            {
                return true;
            }
        }
        return _callers.Contains(exchange.NetworkKey);
    }

    private bool Covers(Exchange exchange, Reason reason, Key128 caller) =>
        _all.TryGetValue((reason.Id, exchange.Operation?.Index ?? -1, caller), out var found) && found.Until > exchange.StartedAt;

    private static bool IsSame(Allowance one, Allowance other) =>
        one.Reason == other.Reason && one.Operation == other.Operation && one.Caller == other.Caller;
}
