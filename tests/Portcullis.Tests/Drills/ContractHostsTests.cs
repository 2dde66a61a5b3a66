using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Xunit;

namespace Portcullis.Tests.Drills;

/// <summary>At <c>spec</c> the gateway is told the contract's hosts, and none that only the scenario knows.</summary>
public sealed class ContractHostsTests
{
    [Theory]
    [InlineData(
        "servers: [{ url: https://api.a.test/v1 }, { url: http://b.test:8080 }, { url: //c.test/x }]",
        "api.a.test b.test c.test"
    )]
    [InlineData("servers: [{ url: /v1 }, { url: '{broken' }, { description: none }]", "")]
    [InlineData("servers: [{ url: 'https://{region}.a.test', variables: { region: { default: eu } } }]", "eu.a.test")]
    [InlineData("swagger: '2.0'\nhost: old.a.test:8443\nbasePath: /v1", "old.a.test")]
    [InlineData(
        "servers: [{ url: https://a.test }]\npaths: { /x: { servers: [{ url: https://p.test }], get: { servers: [{ url: https://o.test }, { url: https://a.test }] } } }",
        "a.test p.test o.test"
    )]
    [InlineData("{ \"servers\": [ { \"url\": \"https://json.test\" } ] }", "json.test")]
    [InlineData("servers: text", "")]
    [InlineData("[broken", "")]
    [InlineData("", "")]
    public void Are_those_of_its_servers(string contract, string hosts) =>
        Assert.Equal(hosts, string.Join(' ', ContractHosts.Of(contract)));

    [Theory]
    [InlineData("B01")]
    [InlineData("B03")]
    [InlineData("B04")]
    [InlineData("B05")]
    public void Of_a_built_in_scenario_are_where_honest_callers_call(string id)
    {
        var scenario = ScenarioLoader.Load(ScenarioFolder.Open(id));

        Assert.Equal(scenario.Operations.Select(operation => operation.Host).Distinct(), ContractHosts.Of(scenario.Contract));
    }

    [Fact]
    public void Without_the_callers_host_in_the_contract_honest_callers_are_refused_and_the_promise_is_missed()
    {
        using var folder = new ScenarioCopy("B04");
        folder.Change("openapi.yaml", "https://www.telco.replay.test", "https://new.telco.replay.test");

        var result = Assert.Single(
            ReplayRunner.Run(
                new ReplayOptions
                {
                    Scenarios = [folder.Path],
                    Variant = "default",
                    Knowledge = [KnowledgeLevel.Spec],
                    Attackers = [AttackerKind.Loud],
                }
            )
        );

        Assert.Equal((0, result.BenignRequests, false), (result.Lost, result.BenignDenied, result.Met));
    }
}
