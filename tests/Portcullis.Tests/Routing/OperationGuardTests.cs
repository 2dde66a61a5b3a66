using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Routing;

public sealed class OperationGuardTests
{
    [Fact]
    public void The_first_answer_of_an_unknown_path_is_judged_as_its_operation()
    {
        var registry = new OperationRegistry();
        var learned = RoutingExchange.Learned(registry);
        var exchange = RoutingExchange.Of("GET", "/accounts/7", 200);
        exchange.Upstream = new UpstreamPlan
        {
            Name = "api",
            Address = new Uri("http://localhost"),
            Hosts = ["*"],
            Router = new Portcullis.Core.Traffic.Routing.DeclaredRouter([], learned, matchesLoosely: true),
        };

        var judgement = new OperationGuard(null!).Judge(exchange, Phase.ResponseHead);

        Assert.Equal(VerdictKind.Allow, judgement.Kind);
        Assert.Equal("GET /accounts/{id}", exchange.Operation?.Id);
    }
}
