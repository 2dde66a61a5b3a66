using Portcullis.TestKit;
using Xunit;

namespace Portcullis.Tests.Expressions;

public sealed class ExpressionTests
{
    private static JudgedExchange Own =>
        new JudgedExchange().Path("A-1", "7").Claim("account_id", "A-1").Claim("roles", "user", "auditor");

    [Theory]
    [InlineData("path.accountId == token.account_id", true)]
    [InlineData("path.lineId == token.account_id", false)]
    [InlineData("path.lineId != token.account_id", true)]
    [InlineData("\"auditor\" in token.roles", true)]
    [InlineData("token.roles == 'auditor'", true)]
    [InlineData("token.roles != 'auditor'", false)]
    [InlineData("\"admin\" in token.roles", false)]
    [InlineData("path.accountId in ['A-2', 'A-1']", true)]
    [InlineData("path.accountId in ['A-2', 'A-3']", false)]
    [InlineData("path.lineId < 8 && path.lineId <= 7 && path.lineId > 6.5 && path.lineId >= 7", true)]
    [InlineData("path.lineId < 7", false)]
    [InlineData("path.accountId.startsWith('A-')", true)]
    [InlineData("path.accountId.startsWith('B-')", false)]
    [InlineData("path.accountId.lower() == 'a-1'", true)]
    [InlineData("path.accountId == 'a-1'", false)]
    [InlineData("path.accountId.lower().startsWith('a')", true)]
    [InlineData("!(path.lineId == 8) && !false", true)]
    [InlineData("false || true && false", false)]
    [InlineData("caller.anonymous", false)]
    [InlineData("caller.rung == 'account'", true)]
    [InlineData("caller.role == 'auditor'", true)]
    [InlineData("path.lineId == 7", true)]
    [InlineData("path.lineId == '7'", true)]
    [InlineData("path['lineId'] == '7'", true)]
    public void Compares_what_the_request_and_the_token_say(string text, bool expected) =>
        Assert.Equal(expected, Own.Evaluate(text));

    [Theory]
    [InlineData("token.other == 'x'")]
    [InlineData("token.other != 'x'")]
    [InlineData("!(token.other == 'x')")]
    [InlineData("query.id == token.account_id")]
    [InlineData("header['x-account'] == 'A-1'")]
    [InlineData("path.accountId < 5")]
    [InlineData("token.other")]
    [InlineData("token.account_id")]
    [InlineData("token.other == 'x' && true")]
    [InlineData("token.other == 'x' || false")]
    [InlineData("token.other in ['x']")]
    public void Does_not_know_what_was_never_said(string text) => Assert.Null(Own.Evaluate(text));

    [Theory]
    [InlineData("token.other == 'x' && false", false)]
    [InlineData("token.other == 'x' || true", true)]
    public void Decides_without_what_makes_no_difference(string text, bool expected) =>
        Assert.Equal(expected, Own.Evaluate(text));

    [Fact]
    public void Knows_no_parameter_that_was_given_twice_even_with_another_case()
    {
        Assert.True(new JudgedExchange().Query("id", "1").Evaluate("query.id == '1'"));
        Assert.Null(new JudgedExchange().Query("id", "1").Query("id", "2").Evaluate("query.id == '1'"));
        Assert.Null(new JudgedExchange().Query("id", "1").Query("ID", "2").Evaluate("query.id == '1'"));
    }

    [Fact]
    public void Knows_no_header_that_was_sent_twice()
    {
        Assert.True(new JudgedExchange().Header("X-Account", "1").Evaluate("header['x-account'] == 1"));
        Assert.Null(new JudgedExchange().Header("X-Account", "1").Header("x-account", "2").Evaluate("header['x-account'] == 1"));
    }

    [Fact]
    public void Knows_nothing_longer_than_a_kibibyte()
    {
        var value = new string('a', 1025);

        Assert.Null(new JudgedExchange().Path(value).Claim("sub", value).Evaluate("path.accountId == token.sub"));
        Assert.Null(new JudgedExchange().Header("x", value).Evaluate("header.x == 'a'"));
    }

    [Fact]
    public void Knows_the_pools_of_the_caller()
    {
        Assert.True(new JudgedExchange().InPool(2).Evaluate("caller.pool('call-centre')"));
        Assert.False(new JudgedExchange().InPool(1).Evaluate("caller.pool('call-centre')"));
    }

    [Fact]
    public void Takes_an_anonymous_caller_for_one_without_claims()
    {
        Assert.True(new JudgedExchange().Evaluate("caller.anonymous && caller.rung == 'anonymous'"));
        Assert.Null(new JudgedExchange().Path("A-1").Evaluate("path.accountId == token.account_id"));
    }

    [Theory]
    [InlineData("""{"ownerId":"u1"}""", true)]
    [InlineData("""{"ownerId":"\u0075\u0031"}""", true)]
    [InlineData("""{"x":{"ownerId":"u2"},"ownerId":"u1"}""", true)]
    [InlineData("""{"ownerId":"u2"}""", false)]
    [InlineData("""{"ownerId":null}""", null)]
    [InlineData("""{"OwnerId":"u1"}""", null)]
    [InlineData("""{"ownerId":["u1"]}""", null)]
    [InlineData("""{"ownerId":{"ownerId":"u1"}}""", null)]
    [InlineData("""{"ownerId":"u1","ownerId":"u2"}""", null)]
    [InlineData("""{"ownerId":"\ud800"}""", null)]
    [InlineData("""{"ownerId":"u1","b":}""", null)]
    [InlineData("""["ownerId","u1"]""", null)]
    [InlineData("17", null)]
    public void Reads_fields_of_items_and_nothing_it_would_have_to_guess(string item, bool? expected) =>
        Assert.Equal(expected, new JudgedExchange().Claim("sub", "u1").Items(item).Evaluate("item.ownerId == token.sub", 0));

    [Theory]
    [InlineData("item.account.id == '12'", true)]
    [InlineData("item.account.id == 12", true)]
    [InlineData("item.account.id < 13", true)]
    [InlineData("item.private == false", true)]
    [InlineData("item.private", false)]
    [InlineData("!item.private", true)]
    [InlineData("'b' in item.owners", true)]
    [InlineData("12 in item.owners", true)]
    [InlineData("'z' in item.owners", false)]
    [InlineData("token.groups in item.owners", true)]
    [InlineData("'b' in item.account", null)]
    [InlineData("'b' in item.absent", null)]
    public void Compares_numbers_truths_and_lists_of_items(string text, bool? expected) =>
        Assert.Equal(
            expected,
            new JudgedExchange()
                .Claim("groups", "x", "a")
                .Items("""{"account":{"id":12},"private":false,"owners":["a",{"b":"q"},"b",12,null]}""")
                .Evaluate(text, 0)
        );

    [Fact]
    public void Reads_each_item_of_a_list_on_its_own()
    {
        var exchange = new JudgedExchange().Claim("sub", "u1").Items("""{"o":"u1"}""", """{"o":"u2"}""");

        Assert.True(exchange.Evaluate("item.o == token.sub", 0));
        Assert.False(exchange.Evaluate("item.o == token.sub", 1));
    }

    [Fact]
    public void Evaluates_without_allocating()
    {
        var exchange = new JudgedExchange()
            .Path("A-1")
            .Claim("sub", "A-1")
            .Header("x", "A-1")
            .Items("""{"o":{"p":"\u0041-1"}}""");
        var expression = JudgedExchange.Parse(
            "path.accountId == token.sub && header.x.lower() == 'a-1' && item.o.p == token.sub",
            hasItem: true
        );
        Assert.True(expression.Evaluate(exchange.Exchange, 0));

        Assert.Equal(0, Allocation.OfARound(() => expression.Evaluate(exchange.Exchange, 0)));
    }
}
