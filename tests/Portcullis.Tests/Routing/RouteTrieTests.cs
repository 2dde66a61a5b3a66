using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;

namespace Portcullis.Tests.Routing;

public sealed class RouteTrieTests
{
    [Theory]
    [InlineData("/accounts/7", "GET /accounts/{id}|7")]
    [InlineData("/accounts/me", "GET /accounts/me")]
    [InlineData("/accounts/7/lines/x%2Fy", "GET /accounts/{id}/lines/{line}|7|x/y")]
    [InlineData("/accounts", null)]
    [InlineData("/accounts/", null)]
    [InlineData("/accounts/7/", null)]
    [InlineData("/accounts/7/lines", null)]
    [InlineData("/ACCOUNTS/7", null)]
    public void Plain_text_wins_over_a_parameter(string target, string? expected)
    {
        var router = RoutingExchange.Router(
            matchesLoosely: false,
            "GET /accounts/{id}",
            "GET /accounts/me",
            "GET /accounts/{id}/lines/{line}"
        );

        Assert.Equal(expected, router.Route("GET", target));
    }

    [Fact]
    public void Leaves_a_branch_that_fails_further_down()
    {
        var router = RoutingExchange.Router(false, "GET /a/me/settings", "GET /a/{id}/photos/{n}");

        Assert.Equal("GET /a/{id}/photos/{n}|me|3", router.Route("GET", "/a/me/photos/3"));
    }

    [Theory]
    [InlineData("/files/report.json", "GET /files/{name}.json|report")]
    [InlineData("/files/.json", "GET /files/{name}|.json")]
    [InlineData("/files/report.xml", "GET /files/{name}|report.xml")]
    [InlineData("/jobs/17:cancel", "GET /jobs/{id}:cancel|17")]
    [InlineData("/range/a-b-c", "GET /range/{from}-{to}|a|b-c")]
    [InlineData("/range/-b", null)]
    public void Matches_text_and_parameters_inside_one_segment(string target, string? expected)
    {
        var router = RoutingExchange.Router(
            false,
            "GET /files/{name}",
            "GET /files/{name}.json",
            "GET /jobs/{id}:cancel",
            "GET /range/{from}-{to}"
        );

        Assert.Equal(expected, router.Route("GET", target));
    }

    [Fact]
    public void A_trailing_slash_is_a_path_of_its_own()
    {
        var router = RoutingExchange.Router(false, "GET /a/", "GET /b");

        Assert.Equal("GET /a/", router.Route("GET", "/a/"));
        Assert.Null(router.Route("GET", "/a"));
        Assert.Null(router.Route("GET", "/b/"));
    }

    [Fact]
    public void Judges_head_as_get_and_answers_preflights_of_declared_paths_only()
    {
        var router = RoutingExchange.Router(false, "GET /accounts/{id}");

        Assert.Equal("GET /accounts/{id}|7", router.Route("HEAD", "/accounts/7"));
        Assert.Equal("OPTIONS *", router.Route("OPTIONS", "/accounts/7"));
        Assert.Null(router.Route("OPTIONS", "/other/7"));
    }

    [Fact]
    public void Says_when_only_the_method_is_unknown()
    {
        var router = RoutingExchange.Router(false, "GET /accounts/{id}");

        Assert.Null(router.Match(RoutingExchange.Of("DELETE", "/accounts/7"), out var otherMethod));
        Assert.True(otherMethod);
        Assert.Null(router.Match(RoutingExchange.Of("DELETE", "/none"), out otherMethod));
        Assert.False(otherMethod);
    }

    [Theory]
    [InlineData("/ACCOUNTS/7")]
    [InlineData("/accounts/7/")]
    [InlineData("/Accounts/7/")]
    public void Another_spelling_of_a_declared_path_does_not_escape_its_rules_where_unknown_paths_pass(string target)
    {
        var router = RoutingExchange.Router(matchesLoosely: true, "GET /accounts/{id}");

        Assert.Equal("GET /accounts/{id}|7", router.Route("GET", target));
    }

    [Fact]
    public void A_method_missing_on_the_plain_path_is_sought_on_the_parameter()
    {
        var router = RoutingExchange.Router(false, "POST /a/me", "GET /a/{id}");

        Assert.Equal("GET /a/{id}|me", router.Route("GET", "/a/me"));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var router = RoutingExchange.Router(false, "GET /accounts/{id}", "GET /accounts/{id}/lines/{line}.json");
        var exchange = RoutingExchange.Of("GET", "/accounts/7/lines/8.json");

        Assert.Equal(0, Allocation.OfARound(() => router.Match(exchange, out _)));
    }

    [Fact]
    public void Many_near_misses_cost_no_more_than_the_tree_is_large()
    {
        // Every level offers text, a pattern and a parameter; a naive search would take 3^24 steps to fail.
        var registry = new OperationRegistry();
        var path = string.Concat(Enumerable.Repeat("/a", 24));
        var plans = Enumerable
            .Range(0, 24)
            .Select(level =>
                string.Concat(
                    Enumerable
                        .Range(0, 24)
                        .Select(i =>
                            i == level ? "/{p}"
                            : i < level ? "/a"
                            : "/{q" + i + "}"
                        )
                )
            )
            .Select(template => RoutingExchange.Plan(registry, "GET", template + "/end"))
            .ToList();
        var router = new DeclaredRouter(plans, RoutingExchange.Learned(registry), matchesLoosely: false);

        Assert.Null(router.Route("GET", path + "/none"));
        Assert.NotNull(router.Route("GET", path + "/end"));
    }

    [Theory]
    [InlineData("accounts", "slash")]
    [InlineData("/a?x={y}", "query")]
    [InlineData("/a#b", "fragment")]
    [InlineData("/a//b", "empty segment")]
    [InlineData("/{a}{b}", "touch")]
    [InlineData("/{a", "never closed")]
    [InlineData("/a}", "never opened")]
    [InlineData("/{}", "no name")]
    [InlineData("/{a{b}}", "inside braces")]
    [InlineData("/{a}/{a}", "same name")]
    public void Names_what_is_wrong_with_a_template(string template, string problem)
    {
        Assert.Null(RouteTemplate.ReadParameters(template, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }
}
