using CsCheck;
using Portcullis.Core.Expressions;
using Xunit;

namespace Portcullis.Tests.Policy.Expressions;

public sealed class ExpressionParserTests
{
    private static readonly string[] Pieces =
    [
        "path",
        "query",
        "header",
        "token",
        "caller",
        "item",
        "body",
        ".",
        ".accountId",
        ".sub",
        "[\"x-y\"]",
        "(",
        ")",
        "[",
        "]",
        ",",
        "==",
        "!=",
        "<",
        ">=",
        "&&",
        "||",
        "!",
        "in",
        "true",
        "false",
        "12",
        "-3.5",
        "'a'",
        "\"",
        "\\",
        ".lower()",
        ".startsWith(",
        "caller.pool('new')",
        " ",
        "é",
        "=",
        "&",
        "\0",
    ];

    [Theory]
    [InlineData("", 0, "A value is missing before the end.")]
    [InlineData("path.acountId == token.sub", 5, "The path has no parameter `acountId`.")]
    [InlineData("path == token.sub", 0, "`path` needs a name behind it.")]
    [InlineData("path.accountId = token.sub", 15, "`=` has no meaning here.")]
    [InlineData("path.accountId == token.sub and true", 28, "The condition could end before `and`.")]
    [InlineData("path.accountId", 0, "This is a value, not a condition.")]
    [InlineData("'a' == 'a'", 0, "Two fixed values are compared.")]
    [InlineData("path.accountId < 'x'", 17, "`<` compares numbers, and this is text.")]
    [InlineData("path.accountId in path.lineId", 18, "Behind `in` stands no list.")]
    [InlineData("path.accountId in []", 19, "The list lacks a value.")]
    [InlineData("(path.accountId == 'a'", 22, "`)` is missing before the end.")]
    [InlineData("path.accountId == 'a", 18, "The quote is not closed.")]
    [InlineData("item.id == token.sub", 0, "`item` is known only once there is an answer.")]
    [InlineData("body.id == token.sub", 0, "Request bodies cannot be asked about.")]
    [InlineData("tokn.sub == path.accountId", 0, "`tokn` is no fact.")]
    [InlineData("caller.pool('call-center')", 12, "There is no pool `call-center`.")]
    [InlineData("caller.name == 'x'", 7, "`caller.name` is no fact.")]
    [InlineData("lower(path.accountId) == 'x'", 0, "`lower` stands behind its value.")]
    [InlineData("(path.accountId == 'a') == true", 24, "A condition in parentheses cannot be compared.")]
    public void Says_what_is_wrong_and_at_which_character(string text, int position, string message)
    {
        Assert.False(ExpressionParser.TryParse(text, JudgedExchange.Scope(-1), out _, out var error));

        Assert.Equal((position, message), (error.Position, error.Message));
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void Names_the_nearest_pool()
    {
        ExpressionParser.TryParse("caller.pool('call-center')", JudgedExchange.Scope(-1), out _, out var error);

        Assert.Equal("Did you mean `call-centre`?", error!.Remedy);
    }

    [Fact]
    public void Refuses_to_nest_without_bound()
    {
        Assert.False(
            ExpressionParser.TryParse(new string('(', 2000) + "true", JudgedExchange.Scope(-1), out _, out var parentheses)
        );
        Assert.False(
            ExpressionParser.TryParse(new string('!', 4000) + "true", JudgedExchange.Scope(-1), out _, out var negations)
        );

        Assert.Contains("nested deeper", parentheses.Message, StringComparison.Ordinal);
        Assert.Contains("nested deeper", negations.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Never_throws_and_always_has_a_place_for_its_error() =>
        Gen.Int[0, Pieces.Length - 1]
            .Select(place => Pieces[place])
            .Array[0, 24]
            .Select(string.Concat)
            .Sample(
                text =>
                {
                    var isSound = ExpressionParser.TryParse(text, JudgedExchange.Scope(0), out var expression, out var error);
                    if (isSound)
                    {
                        expression!.Evaluate(new JudgedExchange().Items("""{"sub":1}""").Exchange, 0);
                    }
                    else
                    {
                        Assert.InRange(error!.Position, 0, text.Length);
                        Assert.NotEmpty(error.Message);
                    }
                },
                iter: 20_000
            );

    [Fact]
    public void Survives_any_characters() =>
        Gen.String.Sample(
            text =>
            {
                ExpressionParser.TryParse(text, JudgedExchange.Scope(0), out _, out var error);
                Assert.InRange(error?.Position ?? 0, 0, text.Length);
            },
            iter: 10_000
        );
}
