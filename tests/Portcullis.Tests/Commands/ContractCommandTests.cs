using System.Text.Json;
using Portcullis.Commands;
using Xunit;

namespace Portcullis.Tests.Commands;

/// <summary>Commands that judge a file before any traffic: <c>check</c> and <c>exposed</c>.</summary>
public sealed class ContractCommandTests : IDisposable
{
    private static readonly string Sample = Path.Combine(Repository.RepositoryFiles.Root, "samples", "Portcullis.Sample.Telecom");

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("portcullis-commands-").FullName;

    // What the shell that runs the tests sets is not what they are about.
    static ContractCommandTests()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("PORTCULLIS_", StringComparison.Ordinal))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }

    [Fact]
    public async Task The_policy_of_the_sample_is_sound()
    {
        var code = await Run("check", Path.Combine(Sample, "portcullis.yaml"));
        Assert.True(code == ExitCode.Ok, $"{code}: {_output}{_error}");
        Assert.Contains("is sound: enforcing, 1 upstream, 4 budgets", _output.ToString());
    }

    [Fact]
    public async Task A_broken_policy_ends_with_2_and_lists_every_error_with_its_place()
    {
        var file = Path.Combine(_folder, "portcullis.yaml");
        await File.WriteAllTextAsync(
            file,
            "upstreams:\n  - addres: http://127.0.0.1:5001\nbudgets:\n  - { name: day, limit: lots }\n",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(ExitCode.BadInput, await Run("check", file, "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        Assert.False(answer.RootElement.GetProperty("isSound").GetBoolean());
        var errors = answer.RootElement.GetProperty("errors").EnumerateArray().ToList();
        Assert.Contains(errors, error => error.GetProperty("line").GetInt32() == 2 && error.ToString().Contains("address"));
        Assert.Contains(
            errors,
            error => error.GetProperty("line").GetInt32() == 4 && error.GetProperty("path").GetString() == "budgets[0].limit"
        );
    }

    [Fact]
    public async Task A_template_with_an_unknown_placeholder_ends_with_2_and_names_its_line()
    {
        var file = Path.Combine(_folder, "portcullis.yaml");
        await File.WriteAllTextAsync(
            file,
            "upstreams:\n  - address: http://127.0.0.1:5001\n    refusals: { template: 'Incident {incidnt}' }\n",
            TestContext.Current.CancellationToken
        );

        Assert.Equal(ExitCode.BadInput, await Run("check", file));

        Assert.Contains(
            $"{file}:3:37: upstreams[0].refusals.template: `{{incidnt}}` is no placeholder. Did you mean `{{incident}}`?",
            $"{_output}{_error}".ReplaceLineEndings(" ")
        );
    }

    [Fact]
    public async Task A_contract_with_one_operationId_twice_ends_with_2_and_names_both_lines()
    {
        var stop = TestContext.Current.CancellationToken;
        var file = Path.Combine(_folder, "portcullis.yaml");
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "openapi.yaml"),
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    get: {operationId: a}\n    put: {operationId: a}\n",
            stop
        );
        await File.WriteAllTextAsync(file, "upstreams: [{ address: http://127.0.0.1:5001, contract: openapi.yaml }]\n", stop);

        Assert.Equal(ExitCode.BadInput, await Run("check", file));

        Assert.Contains("openapi.yaml:6", $"{_output}{_error}");
        Assert.Contains("The operationId 'a' stands twice: also on line 5.", $"{_output}{_error}".ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task What_only_looks_like_an_oversight_is_said_and_does_not_stand_in_the_way()
    {
        var file = Path.Combine(_folder, "portcullis.yaml");
        var stop = TestContext.Current.CancellationToken;
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "openapi.yaml"),
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /x/{id}:\n    get:\n      responses: {'200': {description: a}}\n",
            stop
        );
        await File.WriteAllTextAsync(
            file,
            "upstreams: [{ address: http://127.0.0.1:5001, contract: openapi.yaml }]\n"
                + "identity:\n  jwt: [{ issuer: a, jwks: https://a.example/jwks }]\n"
                + "  accounts: { operations: ['GET /x/{id}'], field: id }\n",
            stop
        );

        Assert.Equal(ExitCode.Ok, await Run("check", file, "--json"));

        using var answer = JsonDocument.Parse(_output.ToString());
        var warnings = answer.RootElement.GetProperty("warnings").EnumerateArray().Select(one => one.ToString()).ToList();
        Assert.Contains(
            warnings,
            one => one.Contains("openapi.yaml") && one.Contains("\"line\": 5") && one.Contains("not declared")
        );
        Assert.Contains(warnings, one => one.Contains("identity.accounts.field") && one.Contains("identity.accounts.issuer"));
    }

    [Fact]
    public async Task The_schema_for_editors_is_in_the_executable()
    {
        Assert.Equal(ExitCode.Ok, await Run("check", "--schema"));

        Assert.Equal(
            await File.ReadAllTextAsync(
                Path.Combine(Repository.RepositoryFiles.Root, "schema", "portcullis.schema.json"),
                TestContext.Current.CancellationToken
            ),
            _output.ToString()
        );
    }

    [Fact]
    public async Task A_policy_that_is_not_there_ends_with_2()
    {
        Assert.Equal(ExitCode.BadInput, await Run("check", Path.Combine(_folder, "none.yaml")));
        Assert.Contains("There is no such file.", _output.ToString());
    }

    [Fact]
    public async Task The_sample_fits_breaches_that_happened()
    {
        Assert.Equal(ExitCode.Finding, await Run("exposed", Path.Combine(Sample, "openapi.yaml"), "--json"));
        using var answer = JsonDocument.Parse(_output.ToString());
        var operations = answer
            .RootElement.GetProperty("findings")
            .EnumerateArray()
            .Select(one => one.GetProperty("operationId").GetString());
        Assert.Contains("GET /accounts/{accountId}", operations);
    }

    [Fact]
    public async Task A_contract_that_is_none_ends_with_2()
    {
        var file = Path.Combine(_folder, "openapi.yaml");
        await File.WriteAllTextAsync(file, "hello: world\n", TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.BadInput, await Run("exposed", file));
        Assert.Contains("openapi.yaml", _error.ToString());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<int> Run(params string[] args) => new CommandLine(CommandCatalog.Discover()).RunAsync(args, _output, _error);
}
