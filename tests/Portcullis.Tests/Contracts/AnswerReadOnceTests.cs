using System.Text;
using Portcullis.TestKit.Load;
using Xunit;

namespace Portcullis.Tests.Contracts;

/// <summary>Classification and contract share one reading of an answer.</summary>
public sealed class AnswerReadOnceTests
{
    private const string Sound =
        """{"accountId":"425550123","name":"Ann Lee","email":"ann@mail.example","phone":"+14255550123"}""";

    private static GateRun Of(string body) =>
        new(new GateCase("answer", "/customers/425550123", Encoding.UTF8.GetBytes(body)), TimeProvider.System);

    [Theory]
    [InlineData(Sound, null)]
    [InlineData(
        """{"accountId":"425550123","name":"Ann Lee","email":"ann@mail.example","nhone":"+14255550123"}""",
        "response body /nhone: additionalProperties"
    )]
    [InlineData(
        """{"accountId":"425550123","name":"Ann Lee","email":"ann@mail.example","phone":"+1","phone":"2"}""",
        "response body: duplicate member"
    )]
    [InlineData(
        """{"accountId":"425550123","name":"Ann Lee","email":"ann@mail.example","ph\u006fne":"+1","phone":"2"}""",
        "response body: duplicate member"
    )]
    [InlineData(
        """{"accountId":"425550123","name":"Ann Lee","email":"ann@mail.example","phone":"[{\"phone\":\"+14255550123\"}]","x":1}""",
        "response body /x: additionalProperties"
    )]
    public void The_contract_judges_the_answer_that_was_classified(string body, string? violation)
    {
        using var run = Of(body);
        using var other = Of(Sound);
        for (var i = 0; i < 3; i++)
        {
            other.Once();
            run.Once();

            Assert.Null(other.Exchange.ContractViolation);
            Assert.Equal(violation, run.Exchange.ContractViolation);
            Assert.Null(run.Exchange.ResponseTape);
        }
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_what_the_contract_reads()
    {
        using var run = Of("\uFEFF" + Sound);

        run.Once();

        Assert.Equal("response body: not JSON", run.Exchange.ContractViolation);
    }
}
