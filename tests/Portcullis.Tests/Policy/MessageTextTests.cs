using Portcullis.Core;
using Portcullis.Core.Routing;
using Xunit;

namespace Portcullis.Tests.Policy;

/// <summary>What messages say of a word that is not known: one rule for policies, contracts, scenarios and command lines.</summary>
public sealed class MessageTextTests
{
    [Theory]
    [InlineData("mod", "mode")]
    [InlineData("ap", "api")]
    [InlineData("verison", "version")]
    [InlineData("READMEMBR", "readMember")]
    [InlineData("PATH", "path")]
    [InlineData("-x", null)]
    [InlineData("me", null)]
    [InlineData("b9", null)]
    [InlineData("xylophone", null)]
    [InlineData("", null)]
    public void Names_what_differs_in_a_third_of_the_letters_or_less(string word, string? expected) =>
        Assert.Equal(
            expected,
            MessageText.Nearest(word, ["mode", "api", "version", "readMember", "path", "-h", "my", "b7", "gramophone"])
        );

    [Fact]
    public void Of_equally_near_words_the_first_is_meant() => Assert.Equal("cap", MessageText.Nearest("cup", ["cap", "cop"]));

    [Theory]
    [InlineData("GTE", "GET")]
    [InlineData("psot", "POST")]
    [InlineData("DELTE", "DELETE")]
    [InlineData("PROPFND", "PROPFIND")]
    [InlineData("FETCH", null)]
    public void Names_the_method_that_was_meant(string word, string? expected) =>
        Assert.Equal(expected, HttpMethodNames.Nearest(word));
}
