using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Portcullis.FunctionalTests.Wire;

/// <summary><c>portcullis replay</c> as a process of its own: what its surroundings say.</summary>
public sealed class ReplayProcessTests
{
    private static readonly string[] Cell = ["--variant", "default", "--attacker", "loud", "--seed", "77", "--json"];

    [Fact]
    public async Task An_admin_token_of_the_environment_is_the_drills_too()
    {
        using var folder = new SmallScenario("B05");

        var (code, output, error) = await RunAsync(
            ["replay", folder.Path, "--scale", "wire", "--knowledge", "learned", .. Cell],
            ("PORTCULLIS_ADMIN_TOKEN", "0123456789abcdef0123456789abcdef")
        );

        Assert.True(code == 0, error);
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task A_token_that_no_gateway_takes_is_said_plainly()
    {
        using var folder = new SmallScenario("B05");

        var (code, _, error) = await RunAsync(
            ["replay", folder.Path, "--scale", "wire", "--knowledge", "spec", .. Cell],
            ("PORTCULLIS_ADMIN_TOKEN", "short")
        );

        Assert.Equal(2, code);
        Assert.Contains("PORTCULLIS_ADMIN_TOKEN: an admin token has at least 32", error);
        Assert.DoesNotContain("   at ", error);
    }

    [Theory]
    [InlineData("ci")]
    [InlineData("wire")]
    public async Task A_folder_for_temporary_files_that_is_not_there_is_named(string scale)
    {
        using var folder = new SmallScenario("B05");

        var (code, output, error) = await RunAsync(
            ["replay", folder.Path, "--scale", scale, "--knowledge", "spec", .. Cell],
            ("TMPDIR", "/nowhere/at-all")
        );

        Assert.Equal(3, code);
        Assert.Empty(output);
        Assert.Contains("/nowhere/at-all", error);
        Assert.DoesNotContain("   at ", error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        IReadOnlyList<string> arguments,
        (string Name, string Value) variable
    )
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "portcullis"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable.Name] = variable.Value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
