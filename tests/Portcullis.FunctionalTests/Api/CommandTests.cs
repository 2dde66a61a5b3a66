using System.Globalization;
using System.Text;
using System.Text.Json;
using Portcullis.Commands;
using Portcullis.Core.Identity;
using Xunit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>The operators' commands against a real gateway, as a shell runs them.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("status")]
    [InlineData("callers")]
    [InlineData("operations")]
    [InlineData("ready")]
    [InlineData("release")]
    [InlineData("keys")]
    [InlineData("events")]
    [InlineData("unmeasured")]
    public async Task Questions_answer_with_json_and_with_text(string verb)
    {
        await using var gateway = await AdminFixture.StartAsync();
        await gateway.CallAsync("/accounts/1");

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, verb, "--json"));
        using var json = JsonDocument.Parse(_output.ToString());
        _output.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, verb));

        Assert.NotEqual(JsonValueKind.Undefined, json.RootElement.ValueKind);
        Assert.NotEmpty(_output.ToString());
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task Piped_tables_keep_one_row_on_one_line()
    {
        await using var gateway = await AdminFixture.StartAsync();

        await RunAsync(gateway, "operations");

        var row = Assert.Single(_output.ToString().Split('\n'), line => line.Contains("GET /accounts/{id}"));
        Assert.Contains("enforce", row);
    }

    [Fact]
    public async Task What_operators_did_is_listed_with_its_reason_and_its_end()
    {
        await using var gateway = await AdminFixture.StartAsync();
        await RunAsync(gateway, "bypass", "--operation", "GET /accounts/{id}", "--for", "15m", "--reason", "release of the app");
        await RunAsync(gateway, "restrict", "network:203.0.113.9", "--reason", "credential stuffing");
        _output.GetStringBuilder().Clear();

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "events", "--json"));

        using var answer = JsonDocument.Parse(_output.ToString());
        var restricted = answer.RootElement[0];
        var bypassed = answer.RootElement[1];
        _output.GetStringBuilder().Clear();
        var record = restricted.GetProperty("record").GetInt64().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "events", "--json", "--before", record));
        using var older = JsonDocument.Parse(_output.ToString());
        Assert.Equal("bypass", older.RootElement[0].GetProperty("kind").GetString());
        Assert.Equal("restrict", restricted.GetProperty("kind").GetString());
        Assert.Equal("credential stuffing", restricted.GetProperty("why").GetString());
        Assert.Equal(JsonValueKind.Null, restricted.GetProperty("until").ValueKind);
        Assert.Equal("bypass", bypassed.GetProperty("kind").GetString());
        Assert.Equal("GET /accounts/{id}", bypassed.GetProperty("operation").GetString());
        Assert.Equal("monitor", bypassed.GetProperty("mode").GetString());
        Assert.Equal("release of the app", bypassed.GetProperty("why").GetString());
        Assert.Equal(
            TimeSpan.FromMinutes(15),
            bypassed.GetProperty("until").GetDateTimeOffset() - bypassed.GetProperty("at").GetDateTimeOffset()
        );
    }

    [Fact]
    public async Task Restricting_a_name_that_nobody_bears_says_so()
    {
        await using var gateway = await AdminFixture.StartAsync();

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "restrict", "nobdy", "--reason", "typing error"));

        Assert.Contains("Nobody of that name was seen yet", _output.ToString());
    }

    [Fact]
    public async Task Promote_and_demote_find_the_operation_by_its_name()
    {
        await using var gateway = await AdminFixture.StartAsync();

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "demote", "GET /accounts/{id}", "--reason", "rehearsal"));
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1"));
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "promote", "all", "--reason", "rehearsal"));
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
    }

    [Fact]
    public async Task A_mistyped_operation_names_the_nearest()
    {
        await using var gateway = await AdminFixture.StartAsync();

        Assert.Equal(ExitCode.Finding, await RunAsync(gateway, "promote", "GET /acounts/{id}", "--reason", "x"));
        Assert.Contains("Did you mean `GET /accounts/{id}`?", _error.ToString());
    }

    [Fact]
    public async Task The_on_call_loop_runs_from_the_shell()
    {
        await using var gateway = await AdminFixture.StartAsync();
        var incident = AdminFixture.IncidentOf(await gateway.CallAsync("/accounts/1"));

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "explain", incident));
        Assert.Contains("admission/authentication-required", _output.ToString());
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "allow", incident, "--until", "7d"));
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1"));
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "allow", incident, "--end"));
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1"));
    }

    [Fact]
    public async Task A_key_is_issued_rotated_and_revoked()
    {
        await using var gateway = await AdminFixture.StartAsync();

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "keys", "issue", "partner", "--json"));
        using var issued = JsonDocument.Parse(_output.ToString());
        var text = issued.RootElement.GetProperty("text").GetString()!;
        var id = issued.RootElement.GetProperty("key").GetProperty("id").GetString()!;
        Assert.StartsWith("HTTP/1.1 200", await gateway.CallAsync("/accounts/1", text));
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "keys", "rotate", id, "--overlap", "0s"));
        Assert.StartsWith("HTTP/1.1 401", await gateway.CallAsync("/accounts/1", text));
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "keys", "revoke", id));
        Assert.Equal(ExitCode.Finding, await RunAsync(gateway, "keys", "revoke", id));
    }

    [Theory]
    [InlineData("X-Api-Key", null, "callers send it in X-Api-Key.")]
    [InlineData("X-Partner-Key", "key", "callers send it in X-Partner-Key.")]
    [InlineData(null, "key", "callers send it as the query parameter key.")]
    [InlineData(null, null, "set identity.apiKeys.header.")]
    public async Task A_new_key_is_shown_with_the_place_where_the_policy_in_force_reads_it(
        string? header,
        string? query,
        string place
    )
    {
        await using var gateway = await AdminFixture.StartAsync(
            identity: new IdentityPlan
            {
                ApiKeyHeader = header,
                ApiKeyQuery = query is null ? null : Encoding.UTF8.GetBytes(query),
            }
        );

        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "keys", "issue", "partner"));
        Assert.Contains(place, _output.ToString());
        Assert.Equal(ExitCode.Ok, await RunAsync(gateway, "keys", "issue", "partner", "--json"));
        using var issued = JsonDocument.Parse(_output.ToString()[_output.ToString().IndexOf('{')..]);
        Assert.Equal(header, issued.RootElement.GetProperty("header").GetString());
    }

    [Fact]
    public async Task A_wrong_token_ends_with_4()
    {
        await using var gateway = await AdminFixture.StartAsync();

        var code = await new CommandLine(CommandCatalog.Discover()).RunAsync(
            ["status", "--admin", gateway.Host.AdminAddress, "--token", "wrong"],
            _output,
            _error
        );

        Assert.Equal(ExitCode.Unauthorised, code);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_ends_with_3()
    {
        var code = await new CommandLine(CommandCatalog.Discover()).RunAsync(
            ["status", "--admin", "http://127.0.0.1:1", "--token", "x"],
            _output,
            _error
        );

        Assert.Equal(ExitCode.Unreachable, code);
        Assert.Contains("portcullis run", _error.ToString());
    }

    [Fact]
    public async Task An_unknown_caller_ends_with_1_and_a_bad_value_with_2()
    {
        await using var gateway = await AdminFixture.StartAsync();

        Assert.Equal(ExitCode.Finding, await RunAsync(gateway, "exposure", "--caller", new string('0', 32)));
        Assert.Equal(ExitCode.BadInput, await RunAsync(gateway, "callers", "--order", "colour"));
        Assert.Equal(ExitCode.BadInput, await RunAsync(gateway, "restrict", "key:nobody", "--reason", "x"));
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private Task<int> RunAsync(AdminFixture gateway, params string[] args) =>
        new CommandLine(CommandCatalog.Discover()).RunAsync(
            [.. args, "--admin", gateway.Host.AdminAddress, "--token", AdminFixture.Token],
            _output,
            _error
        );
}
