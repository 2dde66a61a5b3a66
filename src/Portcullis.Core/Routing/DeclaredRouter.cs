using System.Collections.Frozen;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Routing;

/// <summary>Declared operations first, then those that traffic taught.</summary>
public sealed class DeclaredRouter : OperationRouter
{
    private readonly RouteTrie _declared;
    private readonly FrozenDictionary<int, OperationPlan> _byOperation;
    private readonly LearnedOperations _learned;
    private readonly OperationPlan? _preflight;
    private readonly bool _matchesLoosely;

    /// <param name="declared">From contract and policy.</param>
    /// <param name="learned">What the upstream's traffic taught.</param>
    /// <param name="matchesLoosely">
    /// True when unknown operations pass: then <c>/Accounts/7/</c> is judged as the declared <c>/accounts/{id}</c>, because the
    /// upstream may well serve it as such. False when unknown operations are refused anyway.
    /// </param>
    public DeclaredRouter(IEnumerable<OperationPlan> declared, LearnedOperations learned, bool matchesLoosely)
    {
        var plans = declared.ToArray();
        _declared = new RouteTrie(plans);
        _byOperation = plans.DistinctBy(plan => plan.Operation.Index).ToFrozenDictionary(plan => plan.Operation.Index);
        _learned = learned;
        _preflight = learned.Preflight is { } preflight ? preflight with { IsForPreflights = true } : null;
        _matchesLoosely = matchesLoosely;
    }

    /// <inheritdoc/>
    public override OperationPlan? Match(Exchange exchange, out bool otherMethod)
    {
        var method = exchange.Method == "HEAD" ? "GET" : exchange.Method;
        var plan = _declared.Match(exchange, method, isLoose: false, out otherMethod);
        if (plan is null && method != exchange.Method)
        {
            plan = _declared.Match(exchange, exchange.Method, isLoose: false, out otherMethod);
        }
        if (plan is null && _matchesLoosely)
        {
            plan = _declared.Match(exchange, method, isLoose: true, out var looseOther);
            otherMethod |= looseOther;
        }
        if (plan is null && otherMethod && exchange.Method == "OPTIONS")
        {
            // Browsers ask before they call; a path that is declared at all answers that question.
            plan = _preflight;
        }
        if (plan is not null)
        {
            otherMethod = false;
            return plan;
        }
        return _learned.Match(exchange, ref otherMethod);
    }

    /// <inheritdoc/>
    public override OperationPlan? Learn(Exchange exchange) => _learned.Learn(exchange);

    /// <inheritdoc/>
    public override OperationPlan? PlanOf(Operation operation) =>
        _byOperation.TryGetValue(operation.Index, out var plan) ? plan : _learned.PlanOf(operation);
}
