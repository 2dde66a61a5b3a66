using System.Text;
using Portcullis.Core;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;

namespace Portcullis.Tests.Routing;

public sealed class LearnedOperationsTests
{
    private readonly OperationRegistry _registry = new();

    [Theory]
    [InlineData("7")]
    [InlineData("2048839")]
    [InlineData("+1-202-555-0143")]
    [InlineData("202.555.0143")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("deadbeef01")]
    [InlineData("ann@example.test")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("cus_9s6XKzkNRiz8i3")]
    [InlineData("1HGCM82633A004352")]
    [InlineData("ACC-10042")]
    [InlineData("aGVsbG8gd29ybGQ=")]
    [InlineData("1,2,3")]
    [InlineData("Müller")]
    public void Takes_values_for_values(string segment) => Assert.True(IdShape.IsValue(Encoding.UTF8.GetBytes(segment)));

    [Theory]
    [InlineData("accounts")]
    [InlineData("v1")]
    [InlineData("v2.1")]
    [InlineData("oauth2")]
    [InlineData("get-user-v2")]
    [InlineData("chat.postMessage")]
    [InlineData("rp-webapp-9-common")]
    [InlineData("address")]
    [InlineData("facade")]
    [InlineData("")]
    public void Takes_names_for_names(string segment) => Assert.False(IdShape.IsValue(Encoding.UTF8.GetBytes(segment)));

    [Fact]
    public void One_operation_serves_all_ids()
    {
        var learned = RoutingExchange.Learned(_registry);

        Teach(learned, "GET", "/v1/accounts/17/lines/2025550143");

        var exchange = RoutingExchange.Of("GET", "/v1/accounts/99/lines/2025550199");
        var other = false;
        Assert.Equal("GET /v1/accounts/{id}/lines/{id}", learned.Match(exchange, ref other)?.Operation.Id);
        Assert.Equal(2, exchange.PathParameters.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(401)]
    [InlineData(500)]
    [InlineData(302)]
    public void Guessing_paths_teaches_nothing(int status)
    {
        var learned = RoutingExchange.Learned(_registry);

        var judgedBy = learned.Learn(RoutingExchange.Of("GET", "/wp-admin/setup.php", status));

        Assert.Equal(0, learned.Count);
        Assert.Same(learned.CatchAll, judgedBy);
    }

    [Fact]
    public void More_than_32_names_in_one_place_become_a_parameter_with_what_was_known_of_them()
    {
        var learned = RoutingExchange.Learned(_registry);
        for (var i = 0; i < LearnedOperations.MaxNames; i++)
        {
            Teach(learned, "GET", $"/people/{Word(i)}/profile");
        }
        Match(learned, $"/people/{Word(3)}/profile")!.Operation.Learn(0b100);

        Teach(learned, "GET", "/people/somebodyelse/profile");

        var joined = Match(learned, $"/people/{Word(3)}/profile")!;
        Assert.Equal("GET /people/{name}/profile", joined.Operation.Id);
        Assert.Same(joined, Match(learned, "/people/nobodyyet/profile"));
        Assert.Equal(0b100UL, joined.Operation.ClassesSeen);
    }

    [Fact]
    public void A_flood_of_paths_ends_in_one_operation_for_the_rest()
    {
        var learned = RoutingExchange.Learned(_registry);
        for (var a = 0; a < 31; a++)
        {
            for (var b = 0; b < 31; b++)
            {
                for (var c = 0; c < 4; c++)
                {
                    Teach(learned, "GET", $"/{Word(a)}/{Word(b)}/{Word(c)}");
                }
            }
        }

        Assert.Equal(LearnedOperations.MaxOperations, learned.Count);
        Assert.Same(learned.CatchAll, Match(learned, "/new/one"));
        Assert.NotNull(Match(learned, $"/{Word(0)}/{Word(0)}/{Word(0)}"));
    }

    [Fact]
    public void A_path_deeper_than_32_segments_is_not_learned()
    {
        var learned = RoutingExchange.Learned(_registry);

        Teach(learned, "GET", string.Concat(Enumerable.Repeat("/a", LearnedOperations.MaxDepth + 1)));

        Assert.Equal(0, learned.Count);
    }

    [Fact]
    public void A_restart_knows_what_was_learned()
    {
        var first = RoutingExchange.Learned(_registry);
        Teach(first, "GET", "/accounts/17/lines");

        var second = RoutingExchange.Learned(_registry);

        Assert.Equal("GET /accounts/{id}/lines", Match(second, "/accounts/3/lines")?.Operation.Id);
    }

    [Fact]
    public void Says_when_only_the_method_is_new()
    {
        var learned = RoutingExchange.Learned(_registry);
        Teach(learned, "GET", "/accounts/17");

        var other = false;
        Assert.Null(learned.Match(RoutingExchange.Of("DELETE", "/accounts/17"), ref other));
        Assert.True(other);
    }

    [Fact]
    public void No_text_of_a_caller_that_is_not_plain_stands_in_a_template()
    {
        var learned = RoutingExchange.Learned(_registry);

        Teach(learned, "GET", "/people/%7Bx%7D/%3Cscript%3E");

        Assert.Equal("GET /people/{id}/{id}", Match(learned, "/people/9/9")?.Operation.Id);
    }

    [Fact]
    public void Readers_see_whole_operations_while_others_learn()
    {
        var learned = RoutingExchange.Learned(_registry);
        var writers = Enumerable
            .Range(0, 4)
            .Select(w => new Thread(() =>
            {
                for (var i = 0; i < 300; i++)
                {
                    Teach(learned, "GET", $"/{Word(i % 40)}/{Word(w)}/17");
                }
            }))
            .ToList();
        writers.ForEach(writer => writer.Start());
        writers.ForEach(writer => writer.Join());

        Assert.NotNull(Match(learned, $"/{Word(3)}/{Word(1)}/99"));
        Assert.True(learned.Count <= LearnedOperations.MaxOperations);
    }

    private static void Teach(LearnedOperations learned, string method, string target) =>
        Assert.NotNull(learned.Learn(RoutingExchange.Of(method, target, 200)));

    private static OperationPlan? Match(LearnedOperations learned, string target)
    {
        var other = false;
        return learned.Match(RoutingExchange.Of("GET", target), ref other);
    }

    private static string Word(int i) => $"word{(char)('a' + i / 26)}{(char)('a' + i % 26)}";
}
