using System.Text.Json.Nodes;
using CsCheck;
using Portcullis.Core.Classification;
using Portcullis.Core.Traffic;
using Xunit;

namespace Portcullis.Tests.Classification;

public sealed class AnswerRewriterTests
{
    private static readonly Gen<(int Outcome, int Fill, bool HasPhone)> Person = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 3],
        Gen.Bool
    );
    private readonly Answers _answers = new();

    [Fact]
    public void Rewrites_any_page_to_valid_json_without_what_was_dropped_or_masked() =>
        Gen.Select(Person.Array[0, 9], Gen.Int[0, 3])
            .Sample(
                (people, space) =>
                {
                    var blank = new[] { "", " ", "\n  ", " \t" }[space];
                    var items = people.Select((person, i) => Item(i, person, blank)).ToArray();
                    var exchange = _answers.Read(
                        $"{{\"total\":{people.Length},{blank}\"people\":{blank}[{blank}{string.Join($"{blank},{blank}", items)}{blank}],\"next\":null}}"
                    );
                    Assert.Equal(people.Length, exchange.Items.Count);
                    for (var i = 0; i < people.Length; i++)
                    {
                        exchange.Items[i].Outcome = (ItemOutcome)people[i].Outcome;
                    }
                    var expected = new JsonObject
                    {
                        ["total"] = people.Length,
                        ["people"] = new JsonArray([.. people.Select(Expected).Where(item => item is not null)]),
                        ["next"] = null,
                    };
                    return JsonNode.DeepEquals(JsonNode.Parse(Answers.Rewrite(exchange)), expected);
                },
                iter: 2_000,
                seed: "0000KOIPe036"
            );

    [Theory]
    [InlineData("""["a@x.org", "b@x.org", "c@x.org"]""", """["b@x.org"]""")]
    [InlineData("""[{"email":"a@x.org"},{"email":"b@x.org"},{"email":"c@x.org"}]""", """[{"email":"b@x.org"}]""")]
    public void Takes_the_first_and_the_last_out(string body, string expected)
    {
        var exchange = _answers.Read(body);
        exchange.Items[0].Outcome = ItemOutcome.Dropped;
        exchange.Items[2].Outcome = ItemOutcome.Dropped;
        Assert.True(AnswerRewriter.CanCut(exchange));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(Answers.Rewrite(exchange))));
    }

    [Fact]
    public void Leaves_an_empty_list_when_all_are_dropped()
    {
        var exchange = _answers.Read("""{"c":[ {"email":"a@x.org"} , {"email":"b@x.org"} ]}""");
        exchange.Items[0].Outcome = exchange.Items[1].Outcome = ItemOutcome.Dropped;
        Assert.Empty(JsonNode.Parse(Answers.Rewrite(exchange))!["c"]!.AsArray());
    }

    [Theory]
    [InlineData("application/x-ndjson", "{\"email\":\"a@x.org\"}\n{\"email\":\"b@x.org\"}\n", "{\"email\":\"b@x.org\"}\n")]
    [InlineData("text/csv", "id,email\n1,a@x.org\n2,b@x.org\n", "id,email\n2,b@x.org\n")]
    [InlineData("text/plain", "a@x.org, b@x.org", "***, b@x.org")]
    [InlineData(
        "application/xml",
        "<l><c><email>a@x.org</email></c><c><email>b@x.org</email></c></l>",
        "<l><c><email>b@x.org</email></c></l>"
    )]
    public void Withholds_one_item_of_any_kind_of_body(string contentType, string body, string expected)
    {
        var exchange = _answers.Read(body, contentType);
        exchange.Items[0].Outcome = ItemOutcome.Dropped;
        Assert.Equal(expected, Answers.Rewrite(exchange));
    }

    [Fact]
    public void Masks_by_json_type_and_leaves_every_other_byte()
    {
        var exchange = _answers.Read("""{ "accountId" : 77 , "email":"a\u0040x.org", "ok" : true, "price":  1.50 }""");
        exchange.Items[0].Outcome = ItemOutcome.Masked;
        Assert.Equal("""{ "accountId" : 0 , "email":"***", "ok" : true, "price":  1.50 }""", Answers.Rewrite(exchange));
    }

    [Fact]
    public void Cannot_cut_the_whole_body()
    {
        var exchange = _answers.Read("""{"accountId":1,"email":"a@x.org"}""");
        exchange.Items[0].Outcome = ItemOutcome.Dropped;
        Assert.False(AnswerRewriter.CanCut(exchange));
        Assert.Equal("""{"accountId":0,"email":"***"}""", Answers.Rewrite(exchange));
    }

    private static string Item(int i, (int Outcome, int Fill, bool HasPhone) person, string blank)
    {
        var phone = person.HasPhone ? $",\"phone\":{blank}\"+1425555{1000 + i}\"" : "";
        var fill = string.Concat(Enumerable.Range(0, person.Fill).Select(n => $",{blank}\"x{n}\":[{n},{{\"y\":\"],}}\"}}]"));
        return $"{{\"email\":\"u{i}@x.org\"{phone}{fill}}}";
    }

    private static JsonNode? Expected((int Outcome, int Fill, bool HasPhone) person, int i)
    {
        if (person.Outcome == (int)ItemOutcome.Dropped)
        {
            return null;
        }
        var isMasked = person.Outcome == (int)ItemOutcome.Masked;
        var item = new JsonObject { ["email"] = isMasked ? "***" : $"u{i}@x.org" };
        if (person.HasPhone)
        {
            item["phone"] = isMasked ? "***" : $"+1425555{1000 + i}";
        }
        for (var n = 0; n < person.Fill; n++)
        {
            item[$"x{n}"] = new JsonArray(n, new JsonObject { ["y"] = "],}" });
        }
        return item;
    }
}
