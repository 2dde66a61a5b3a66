using System.Text.Json;
using Portcullis.Commands;
using Portcullis.Drills.Scenarios;
using Xunit;

namespace Portcullis.Tests.Commands;

/// <summary><c>replay</c> as a user meets it.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("portcullis-replay-").FullName;

    public ReplayCommandTests()
    {
        var source = ScenarioFolder.Open("B04");
        foreach (var file in new[] { "scenario.yaml", "expected.yaml", "openapi.yaml", "policy.yaml" })
        {
            File.WriteAllText(Path.Combine(_folder, file), source.Read(file));
        }
    }

    [Fact]
    public async Task A_folder_from_elsewhere_is_replayed()
    {
        Assert.Equal(ExitCode.Ok, await Run("replay", _folder, "--knowledge", "spec", "--attacker", "loud", "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal(
            ["default", "control"],
            answer.RootElement.EnumerateArray().Select(cell => cell.GetProperty("variant").GetString()!)
        );
        Assert.All(answer.RootElement.EnumerateArray(), cell => Assert.True(cell.GetProperty("met").GetBoolean()));
    }

    [Fact]
    public async Task A_broken_scenario_ends_with_2_and_names_file_line_and_nearest_key()
    {
        Break("scenario.yaml", "  requests: 2000", "  reqests: 2000");

        Assert.Equal(ExitCode.BadInput, await Run("replay", _folder));
        Assert.Matches(@"scenario\.yaml:\d+: attack\.reqests: is not a known key\. Did you mean 'requests'\?", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("policy.yaml", "limit: 10", "limit: lots", @"policy\.yaml:\d+")]
    [InlineData("openapi.yaml", "paths:", "path:", @"openapi\.yaml:\d+")]
    [InlineData("expected.yaml", "lost: 0", "lost: none", @"expected\.yaml:\d+")]
    public async Task A_broken_file_beside_it_ends_with_2_and_is_named(string file, string old, string changed, string place)
    {
        Break(file, old, changed);

        Assert.Equal(ExitCode.BadInput, await Run("replay", _folder, "--knowledge", "policy"));
        Assert.Matches(place, _error.ToString());
    }

    [Fact]
    public async Task A_missed_promise_ends_with_1()
    {
        string[] cell = ["--variant", "default", "--knowledge", "none", "--attacker", "loud"];

        Assert.Equal(ExitCode.Finding, await Run(["replay", _folder, .. cell, "--without", "admission"]));
        Assert.Contains("MISSED", _output.ToString());
    }

    [Theory]
    [InlineData("--k", "0")]
    [InlineData("--honest-rate", "11")]
    [InlineData("--without", "admision")]
    [InlineData("--order", "random")]
    public async Task An_option_out_of_range_ends_with_2(string option, string value) =>
        Assert.Equal(ExitCode.BadInput, await Run("replay", _folder, option, value));

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Break(string file, string old, string changed)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, changed));
    }

    private Task<int> Run(params string[] args) => new CommandLine(CommandCatalog.Discover()).RunAsync(args, _output, _error);
}
