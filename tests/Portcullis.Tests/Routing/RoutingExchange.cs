using System.Text;
using Portcullis.Core;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Routing;

/// <summary>Exchanges and plans for tests of routing and contracts.</summary>
internal static class RoutingExchange
{
    public static Exchange Of(string method, string target, int status = 0)
    {
        var exchange = new Exchange
        {
            Method = method,
            RawTarget = target,
            Status = status,
            RequestHeaders = new HeaderList(),
        };
        exchange.HasCanonicalTarget = CanonicalTarget.Read(exchange);
        return exchange;
    }

    public static OperationPlan Plan(OperationRegistry registry, string method, string template) =>
        new()
        {
            Operation = registry.TryAdd("api", method, template, isDeclared: true)!,
            ParameterNames = RouteTemplate.ReadParameters(template, out _) ?? [],
        };

    public static LearnedOperations Learned(OperationRegistry registry) =>
        new("api", registry, operation => new OperationPlan { Operation = operation });

    public static DeclaredRouter Router(bool matchesLoosely, params string[] operations)
    {
        var registry = new OperationRegistry();
        var plans = operations.Select(id => Plan(registry, id[..id.IndexOf(' ')], id[(id.IndexOf(' ') + 1)..]));
        return new DeclaredRouter(plans.ToList(), Learned(registry), matchesLoosely);
    }

    /// <summary>Id of the matched operation, then the bound values, joined by bars; null when nothing matches.</summary>
    public static string? Route(this OperationRouter router, string method, string target)
    {
        var exchange = Of(method, target);
        Assert.True(exchange.HasCanonicalTarget);
        var plan = router.Match(exchange, out _);
        return plan is null ? null : string.Join('|', [plan.Operation.Id, .. Bound(exchange)]);
    }

    private static IEnumerable<string> Bound(Exchange exchange)
    {
        for (var i = 0; i < exchange.PathParameters.Count; i++)
        {
            yield return Encoding.UTF8.GetString(exchange.Target(exchange.PathParameters[i]));
        }
    }
}
