using System.CommandLine;
using Portcullis.Commands;
using Xunit;

namespace Portcullis.Tests.Commands;

/// <summary>Every option that takes a number says which.</summary>
public sealed class NumberRangeTests
{
    [Theory]
    [InlineData("callers --take 1001", "--take '1001': must be a whole number from 1 to 1000.")]
    [InlineData("events --take 0", "--take '0': must be a whole number from 1 to 1000.")]
    [InlineData("whosaw x --take many", "--take 'many': must be a whole number from 1 to 10000.")]
    [InlineData("demo --seconds 2", "--seconds '2': must be a whole number from 3 to 50.")]
    [InlineData("demo --customers 5000000000", "--customers '5000000000': must be a whole number from 1000 to 1000000.")]
    [InlineData("replay --honest-rate NaN", "--honest-rate 'NaN': must be a number from 0.1 to 10.")]
    [InlineData("replay --honest-rate 1,5", "--honest-rate '1,5': must be a number from 0.1 to 10.")]
    public async Task A_number_out_of_range_is_answered_with_the_range(string line, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await new CommandLine(CommandCatalog.Discover()).RunAsync(line.Split(' '), output, error);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains(message, error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Every_option_with_a_number_has_a_range() =>
        Assert.Empty(
            from command in CommandCatalog.Discover()
            from option in command.Options
            let type = Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType
            where type.IsPrimitive && type != typeof(bool)
            where command.Parse([option.Name, "1e400"]).Errors.All(error => !error.Message.Contains(" from "))
            select $"{command.Name} {option.Name}"
        );
}
