using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Portcullis.Gateway;
using Portcullis.TestKit;
using Xunit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A policy that changes under a running gateway: whatever happens to its files, callers notice nothing but the new rules.</summary>
public sealed class PolicyReloadTests : IAsyncLifetime
{
    private const string Budget = "budgets:\n  - { name: own, limit: 2, window: 1d }\n";
    private static readonly byte[] Secret = SHA256.HashData("a key of the tests"u8);

    private readonly TemporaryFolder _folder = new();
    private readonly RecordingUpstream _upstream = new(request =>
        RecordingUpstream.Response(
            200,
            "application/json",
            $$"""{"customerId":"{{request.Split(' ')[1][^1]}}","name":"Ann Smith","phone":"+1425555010{{request.Split(' ')[1][^1]}}"}"""
        )
    );
    private readonly HttpClient _client = new();
    private readonly StringBuilder _said = new();
    private GatewayProcess? _gateway;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public ValueTask InitializeAsync()
    {
        File.WriteAllBytes(_folder["key"], Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Secret)));
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
        await _upstream.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("    - { issuer: b, key: key, algorithms: [HS256] }\n", "")]
    [InlineData("", "    - { issuer: b, key: key, algorithms: [HS256] }\n")]
    public async Task An_issuer_that_is_added_leaves_the_budgets_of_the_others_as_they_were(string before, string after)
    {
        string Policy(string first, string last) =>
            "identity:\n  jwt:\n" + first + "    - { issuer: a, key: key, algorithms: [HS256] }\n" + last + Budget;
        await StartAsync(Policy("", ""));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/1", "a", "ann"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/2", "a", "ann"));

        Write(Policy(before, after));
        Assert.Empty(_gateway!.Reload());

        Assert.Equal(HttpStatusCode.TooManyRequests, await GetAsync("/people/3", "a", "ann"));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/1", "a", "ann"));
        // One of the same name elsewhere is somebody else.
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/3", "b", "ann"));
    }

    [Fact]
    public async Task Every_request_is_answered_while_policies_are_swapped()
    {
        const string Jwt = "identity:\n  jwt: [{ issuer: a, key: key, algorithms: [HS256] }]\n";
        await StartAsync(Jwt);
        using var enough = new CancellationTokenSource();
        var callers = Enumerable
            .Range(0, 4)
            .Select(async caller =>
            {
                var answers = new List<HttpStatusCode>();
                while (!enough.IsCancellationRequested)
                {
                    answers.Add(await GetAsync($"/people/{answers.Count % 10}", "a", $"caller{caller}"));
                }
                return answers;
            })
            .ToArray();

        for (var i = 0; i < 20; i++)
        {
            var sent = _upstream.Requests.Count;
            Write(Jwt + (i % 3 == 2 ? "nonsense: 1\n" : $"newIdentityAge: {i}h\n"));
            Assert.Equal(i % 3 == 2 ? 1 : 0, _gateway!.Reload().Count);
            await Eventually.AsyncTrue(() => _upstream.Requests.Count > sent + 4, Stop);
        }
        await enough.CancelAsync();

        Assert.All(
            await Task.WhenAll(callers),
            answers => Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status))
        );
    }

    [Fact]
    public async Task A_policy_is_taken_up_whose_folder_an_orchestrator_swaps_behind_a_link()
    {
        // As Kubernetes mounts them: the file is a link into a folder, which is a link that moves.
        Write("anonymousPersonalData: allow\n");
        MoveInto("one");
        Directory.CreateSymbolicLink(_folder["current"], "one");
        File.CreateSymbolicLink(_folder["portcullis.yaml"], "current/portcullis.yaml");
        _gateway = await GatewayProcess.StartAsync(_folder["portcullis.yaml"], [], new Heard(_said));
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/1"));
        File.Move(_folder["portcullis.yaml"], _folder["link"]);
        Write("anonymousPersonalData: refuse\n");
        MoveInto("two");
        File.Move(_folder["link"], _folder["portcullis.yaml"]);

        Directory.CreateSymbolicLink(_folder["next"], "two");
        // In one step, which only a rename does.
        using var swap = Process.Start("mv", ["-T", _folder["next"], _folder["current"]]);
        await swap.WaitForExitAsync(Stop);

        await SaysAsync("The changed policy is in force.");
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/people/1"));
    }

    [Fact]
    public void A_contract_that_changes_during_the_start_is_read_again()
    {
        var contracts = new ContractMemory { IsKept = true };
        Contract("parameter.yaml#/id");
        File.WriteAllText(_folder["parameter.yaml"], Parameter("integer"));
        var first = contracts.Read(_folder["openapi.yaml"]);
        Assert.Same(first, contracts.Read(_folder["openapi.yaml"]));

        File.WriteAllText(_folder["parameter.yaml"], Parameter("nonsense"));

        Assert.NotEqual(first.Errors.Count, contracts.Read(_folder["openapi.yaml"]).Errors.Count);
    }

    [Fact]
    public async Task A_bad_file_changes_nothing_and_is_reported_with_its_place()
    {
        await StartAsync("anonymousPersonalData: allow\n");

        Write("anonymousPersonalData: allow\nmod: monitor\n");

        await SaysAsync("portcullis.yaml:8:1: mod: Unknown key. Did you mean `mode`?");
        await SaysAsync("POLICY NOT CHANGED: 1 error(s) above.");
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/1"));
        Write("anonymousPersonalData: refuse\n");
        await SaysAsync("The changed policy is in force.");
        Assert.Equal(HttpStatusCode.Unauthorized, await GetAsync("/people/1"));
    }

    [Fact]
    public async Task A_file_that_a_contract_refers_to_is_part_of_the_policy()
    {
        Contract("common.yaml#/id");
        await File.WriteAllTextAsync(_folder["common.yaml"], Parameter("integer"), Stop);
        await StartAsync("anonymousPersonalData: allow\n", "contract: openapi.yaml, ");
        Assert.Equal(HttpStatusCode.BadRequest, await GetAsync("/people/a1"));

        await File.WriteAllTextAsync(_folder["common.yaml"], Parameter("string"), Stop);

        await SaysAsync("The changed policy is in force.");
        Assert.Equal(HttpStatusCode.OK, await GetAsync("/people/a1"));
    }

    [Fact]
    public async Task What_was_wrong_may_be_mended_in_a_file_that_the_policy_in_force_does_not_know()
    {
        await StartAsync("anonymousPersonalData: allow\n");
        Contract("parameters.yaml#/id");
        Write("anonymousPersonalData: allow\n", "contract: openapi.yaml, ");
        await SaysAsync("POLICY NOT CHANGED: 1 error(s) above.");

        await File.WriteAllTextAsync(_folder["parameters.yaml"], Parameter("integer"), Stop);

        await SaysAsync("The changed policy is in force.");
        Assert.Equal(HttpStatusCode.BadRequest, await GetAsync("/people/a1"));
        Assert.Equal(1, Said.Split("POLICY NOT CHANGED").Length - 1);
    }

    [Fact]
    public async Task One_file_may_hold_certificate_and_key()
    {
        var files = CertificateFiles.SelfSigned(_folder.Path, "localhost");
        await File.AppendAllTextAsync(files.Certificate, "\n" + await File.ReadAllTextAsync(files.Key, Stop), Stop);
        File.Delete(files.Key);
        var listen = "listen: https://127.0.0.1:0\ntls: { certificate: cert.pem }\nanonymousPersonalData: allow\n";
        await StartAsync(listen);

        using var own = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(files.Certificate, Stop));
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions =
                {
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == own.Thumbprint,
                },
            }
        );
        using var answer = await client.GetAsync(new Uri(new Uri(_gateway!.Host.Addresses.First()), "/people/1"), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private async Task StartAsync(string rest, string contract = "")
    {
        Write(rest, contract);
        _gateway = await GatewayProcess.StartAsync(_folder["portcullis.yaml"], [], new Heard(_said));
    }

    private void Write(string rest, string contract = "")
    {
        var listen = rest.Contains("listen:", StringComparison.Ordinal) ? "" : "listen: http://127.0.0.1:0\n";
        var text =
            $"version: 1\nmode: enforce\nadmin: http://127.0.0.1:0\ndata: {_folder["data"]}\n"
            + $"upstreams: [{{ name: people, {contract}address: '{_upstream.Address}' }}]\n{listen}{rest}";
        // As editors and deployments do it, so that nobody reads half a file.
        File.WriteAllText(_folder["new.yaml"], text);
        File.Move(_folder["new.yaml"], _folder["portcullis.yaml"], overwrite: true);
    }

    private void MoveInto(string folder)
    {
        Directory.CreateDirectory(_folder[folder]);
        File.Move(_folder["portcullis.yaml"], Path.Combine(_folder[folder], "portcullis.yaml"));
    }

    private void Contract(string parameter) =>
        File.WriteAllText(
            _folder["openapi.yaml"],
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /people/{id}:\n    get:\n"
                + $"      parameters: [{{$ref: '{parameter}'}}]\n      responses: {{'200': {{description: a}}}}\n"
        );

    private static string Parameter(string type) => $"id: {{name: id, in: path, required: true, schema: {{type: {type}}}}}\n";

    private Task SaysAsync(string text) => Eventually.AsyncTrue(() => Said.Contains(text, StringComparison.Ordinal), Stop);

    private async Task<HttpStatusCode> GetAsync(string path, string? issuer = null, string subject = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(_gateway!.Host.Addresses.First()), path));
        request.Headers.Authorization = issuer is null ? null : new AuthenticationHeaderValue("Bearer", Token(issuer, subject));
        using var answer = await _client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private string Token(string issuer, string subject)
    {
        var end = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var text = $$"""{"iss":"{{issuer}}","sub":"{{subject}}","exp":{{end}}}""";
        var signed = $"{Encode("""{"alg":"HS256"}""")}.{Encode(text)}";
        var key = File.ReadAllBytes(_folder["key"]);
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private sealed class Heard(StringBuilder said) : StringWriter(CultureInfo.InvariantCulture)
    {
        public override void WriteLine(string? value)
        {
            lock (said)
            {
                said.AppendLine(value);
            }
        }
    }
}
