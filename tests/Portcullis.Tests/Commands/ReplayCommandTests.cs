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
            ["default", "lockout", "control"],
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
    [InlineData("--attacker slow", "--attacker 'slow': must be loud, proxies or patient.")]
    [InlineData("--attacker 1", "--attacker '1': must be loud, proxies or patient.")]
    [InlineData("--knowledge spec,polcy", "Did you mean 'policy'?")]
    [InlineData("--scale 2", "--scale '2': must be ci, wire or full.")]
    [InlineData("--k many", "--k 'many': must be a whole number from 1 to 1000.")]
    [InlineData("--k 0", "--k '0': must be a whole number from 1 to 1000.")]
    [InlineData("--k 5000000000", "--k '5000000000': must be a whole number from 1 to 1000.")]
    [InlineData("--seed -1", "--seed '-1': must be a whole number from 0 to 18446744073709551615.")]
    [InlineData("--days x", "--days 'x': must be a whole number from 1 to 41.")]
    [InlineData("--honest-rate much", "--honest-rate 'much': must be a number from 0.1 to 10.")]
    [InlineData("--days 3", "--days: goes with --scale full alone.")]
    [InlineData("--scale full --days 42", "--days '42': must be a whole number from 1 to 41.")]
    [InlineData("--scale full --without admission", "--without: --scale full")]
    [InlineData("--scale wire --without admission", "--without: --scale wire has the gate as it is")]
    [InlineData("--scale wire --without admision", "'admision' is not a guard; there are canonical, ")]
    [InlineData("--scale full --without admision", "Did you mean 'admission'?")]
    [InlineData("--scale full --attacker loud", "--attacker: --scale full has the attacker proxies and no other.")]
    [InlineData("--scale full --attacker proxies,patient", "--attacker: --scale full")]
    [InlineData("--scale full --honest-rate 2", "--honest-rate: --scale full")]
    [InlineData("--scale full --knowledge spec policy", "--knowledge: --scale full")]
    [InlineData("--scale full --variant lockout", "has no variant 'lockout'")]
    [InlineData("--varant a", "unknown option '--varant'. Did you mean '--variant'?")]
    public async Task What_cannot_be_followed_is_said_and_ends_with_2(string options, string message)
    {
        Assert.Equal(ExitCode.BadInput, await Run(["replay", "B03", .. options.Split(' ')]));
        Assert.Contains(message, _error.ToString());
        Assert.DoesNotContain("System.", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task An_attack_that_gets_nothing_without_a_gate_either_keeps_no_promise()
    {
        Break("scenario.yaml", "upstreamStillChecks: nothing", "upstreamStillChecks: owner");
        string[] cells = ["--knowledge", "spec", "--attacker", "loud"];

        Assert.Equal(ExitCode.Finding, await Run(["replay", _folder, .. cells, "--json"]));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal(
            [("default", JsonValueKind.Null), ("lockout", JsonValueKind.Null), ("control", JsonValueKind.True)],
            answer
                .RootElement.EnumerateArray()
                .Select(cell => (cell.GetProperty("variant").GetString()!, cell.GetProperty("met").ValueKind))
        );
        Assert.Contains("warning: B04 default: nothing is lost without a gate either", _error.ToString());
        Assert.Equal(ExitCode.Finding, await Run(["replay", _folder, .. cells, "--variant", "default"]));
        Assert.Contains("0 not tested", _output.ToString());
        Assert.Contains("who signs tokens with which key, which a contract does not say", _output.ToString());
    }

    [Fact]
    public async Task A_folder_with_little_honest_traffic_is_warned_of_once_and_outside_the_answer()
    {
        Break("scenario.yaml", "days: 37", "days: 25");
        Break("scenario.yaml", "    users: 100\n", "    users: 10\n");
        Break("scenario.yaml", "    users: 50\n", "    users: 10\n");

        Assert.Equal(ExitCode.Ok, await Run("replay", _folder, "--knowledge", "spec", "--variant", "control", "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        var warning = Assert.Single(
            _error.ToString().Split('\n'),
            line => line.StartsWith("warning: ", StringComparison.Ordinal)
        );
        Assert.Matches("B04: [0-9,]+ honest requests, 25 days, [0-9]+ of R8: too little", warning);
    }

    [Fact]
    public async Task Full_scale_takes_no_folder_for_the_incident_it_repeats()
    {
        Break("scenario.yaml", "id: B04", "id: B03");

        Assert.Equal(ExitCode.BadInput, await Run("replay", _folder, "--scale", "full", "--days", "1"));
        Assert.Contains("replays the B03 that comes with the product alone", _error.ToString());
    }

    [Fact]
    public async Task Levels_may_stand_with_commas_between()
    {
        Assert.Equal(ExitCode.Ok, await Run("replay", _folder, "--variant", "control", "--knowledge", "SPEC,policy", "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.Equal(
            ["spec", "policy"],
            answer.RootElement.EnumerateArray().Select(cell => cell.GetProperty("knowledge").GetString()!)
        );
    }

    [Theory]
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
