using Portcullis.Drills.Scenarios;
using Xunit;

namespace Portcullis.Tests.Drills;

public sealed class ScenarioLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scenario").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("B01")]
    [InlineData("B03")]
    [InlineData("B04")]
    [InlineData("B05")]
    public void Reads_every_built_in_scenario(string id)
    {
        var scenario = ScenarioLoader.Load(ScenarioFolder.Open(id));

        Assert.Equal(id, scenario.Id);
        Assert.NotNull(scenario.Variant(Scenario.Control));
        Assert.NotNull(scenario.Variant(Scenario.Lockout));
        Assert.True(scenario.Days >= 37);
    }

    [Fact]
    public void Accepts_a_folder_from_elsewhere()
    {
        Copy("B05");

        Assert.Equal("B05", ScenarioLoader.Load(ScenarioFolder.Open(_folder)).Id);
    }

    [Fact]
    public void Lays_a_variant_over_the_common_attack()
    {
        var scenario = ScenarioLoader.Load(ScenarioFolder.Open("B03"));

        Assert.Equal(CredentialKind.None, scenario.Variant("a")!.Credential);
        Assert.Equal(CredentialKind.Partner, scenario.Variant("c")!.Credential);
        Assert.Equal(scenario.Variant("a")!.Requests, scenario.Variant("c")!.Requests);
    }

    [Fact]
    public void Names_file_line_path_and_nearest_key_of_a_mistyped_key()
    {
        Copy("B05", ("  requests: 5000", "  reqests: 5000"));

        var errors = Errors();

        Assert.Contains(
            errors,
            e => e.Contains("scenario.yaml:") && e.Contains("attack.reqests: is not a known key. Did you mean 'requests'?")
        );
    }

    [Fact]
    public void Reports_every_error_at_once()
    {
        Copy(
            "B05",
            ("people: 20000", "people: many"),
            ("  rhythm: business", "  rhythm: busines"),
            ("perSecond: 413", "perSecond: -1")
        );

        var errors = Errors();

        Assert.Contains(errors, e => e.Contains("population.people: must be a number"));
        Assert.Contains(
            errors,
            e => e.Contains("roles.R5.rhythm: 'busines' is not one of day, business, batch. Did you mean 'business'?")
        );
        Assert.Contains(errors, e => e.Contains("perSecond: must be a number"));
    }

    [Fact]
    public void Refuses_an_attack_on_an_operation_that_does_not_exist()
    {
        Copy("B05", ("  operation: readMember", "  operation: readMembr"));

        Assert.Contains(Errors(), e => e.Contains("'readMembr' is not an operation. Did you mean 'readMember'?"));
    }

    [Theory]
    [InlineData(
        "  by: account",
        "  by: phone",
        "attack.by: 'readCustomer' finds nobody by phone; write one of account, or add phone to its finds."
    )]
    [InlineData(
        "  operation: readCustomer",
        "  operation: listOffers",
        "attack.operation: 'listOffers' answers a document without a person"
    )]
    [InlineData("?contactid={contactid}", "", "operations.readCustomer.request: has no place for the account asked for")]
    public void Refuses_an_attack_that_can_hit_nobody(string old, string changed, string error)
    {
        Copy("B04", (old, changed));

        Assert.Matches(
            "scenario\\.yaml:[1-9][0-9]*: " + System.Text.RegularExpressions.Regex.Escape(error),
            Assert.Single(Errors())
        );
    }

    [Fact]
    public void Names_what_a_variant_takes_from_the_common_attack_once_and_where_it_is_written()
    {
        Copy("B03", ("  by: account", "  by: imsi"));

        Assert.Contains(": attack.by: 'readAccount' finds nobody by imsi", Assert.Single(Errors()));
    }

    [Fact]
    public void Refuses_a_target_for_a_variant_that_does_not_exist()
    {
        Copy("B03");
        Replace("expected.yaml", "variant: c", "variant: z");

        Assert.Contains(Errors(), e => e.Contains("expected.yaml:") && e.Contains("targets[2].variant: 'z' is not a variant."));
    }

    [Theory]
    [InlineData("")]
    [InlineData("roles: {}\n")]
    public void Refuses_a_scenario_without_honest_callers(string roles)
    {
        Copy("B05");
        var path = Path.Combine(_folder, "scenario.yaml");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf("roles:", StringComparison.Ordinal), text.IndexOf("attack:", StringComparison.Ordinal));
        File.WriteAllText(path, text[..from] + roles + text[to..]);

        Assert.Contains(Errors(), e => e.Contains("/scenario.yaml:") && e.Contains("roles: must name at least one"));
    }

    [Fact]
    public void Names_a_file_that_cannot_be_read()
    {
        Copy("B05");
        var path = Path.Combine(_folder, "policy.yaml");
        File.Delete(path);
        // It is there, and reading it fails for root too.
        File.CreateSymbolicLink(path, "/proc/self/mem");

        Assert.Contains(Errors(), e => e.StartsWith($"{path}:1: cannot be read: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("id: [unclosed\n")]
    [InlineData("id: B\nattack: 5\nroles: []\noperations: x\npopulation:\n")]
    [InlineData("\0\u0001")]
    public void Answers_a_broken_file_with_errors_and_nothing_else(string text)
    {
        Copy("B05");
        File.WriteAllText(Path.Combine(_folder, "scenario.yaml"), text);

        Assert.NotEmpty(Errors());
    }

    [Fact]
    public void Names_each_missing_file()
    {
        var errors = Errors();

        foreach (var file in new[] { "scenario.yaml", "expected.yaml", "openapi.yaml", "policy.yaml" })
        {
            Assert.Contains(errors, e => e.Contains($"/{file}:1: is missing."));
        }
    }

    [Fact]
    public void Names_the_nearest_scenario_of_an_unknown_id()
    {
        var fault = Assert.Throws<ScenarioException>(() => ScenarioFolder.Open("B0"));

        Assert.Contains("Did you mean 'B0", fault.Message);
    }

    private IReadOnlyList<string> Errors() =>
        Assert.Throws<ScenarioException>(() => ScenarioLoader.Load(ScenarioFolder.Open(_folder))).Errors;

    private void Copy(string id, params (string Old, string New)[] changes)
    {
        var source = ScenarioFolder.Open(id);
        foreach (var file in new[] { "scenario.yaml", "expected.yaml", "openapi.yaml", "policy.yaml" })
        {
            File.WriteAllText(Path.Combine(_folder, file), source.Read(file));
        }
        foreach (var (old, changed) in changes)
        {
            Replace("scenario.yaml", old, changed);
        }
    }

    private void Replace(string file, string old, string changed)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, changed));
    }
}
