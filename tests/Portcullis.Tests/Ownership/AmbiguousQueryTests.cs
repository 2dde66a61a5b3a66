using Portcullis.Core.Identity.Keys;
using Portcullis.Tests.Policy;
using Xunit;

namespace Portcullis.Tests.Ownership;

/// <summary>Ownership by a query parameter that another parser may find elsewhere in the query.</summary>
public sealed class AmbiguousQueryTests
{
    [Theory]
    [InlineData("/statements?accountId=u1", "Allow")]
    [InlineData("/statements?x=a;b&accountId=u1", "Allow")]
    [InlineData("/statements?accountId=u2", "Refuse ownership/request")]
    [InlineData("/statements?accountId=u1&accountid=u2", "Refuse ownership/request")]
    [InlineData("/statements?x=1;accountId=u2&accountId=u1", "Refuse ownership/request")]
    [InlineData("/statements?accountId=u1&x;AccountId=u2", "Refuse ownership/request")]
    [InlineData("/statements?accountId=u1&;accountId=u2", "Refuse ownership/request")]
    [InlineData("/statements?accountId=u1&x=1;%61ccountId", "Refuse ownership/request")]
    [InlineData("/statements?x=1;accountId=u1", "Refuse ownership/request")]
    [InlineData("/statements?accountId=u1;accountId=u1", "Refuse ownership/request")]
    public void Parameter_that_a_second_parser_may_read_otherwise_is_not_the_callers(string target, string expected)
    {
        var bench = new PolicyBench("operations:\n  GET /statements: { ownership: [query.accountId == token.sub] }\n");
        var keys = new ApiKeyStore(null, bench.Keys, bench.Time);
        bench.State.Identity.ApiKeys = keys;
        var key = keys.Issue(new ApiKeyRequest { Name = "mine", Owner = "u1" }).Text;

        Assert.Equal(expected, bench.Send("GET", target, "", ("X-Api-Key", key)));
    }
}
