using System.Collections.Frozen;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using Portcullis.Api;
using Portcullis.Core;
using Portcullis.Core.Budgets;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Routing;
using Portcullis.Core.Traffic;
using Portcullis.Gateway;
using Portcullis.TestKit;

namespace Portcullis.FunctionalTests.Api;

/// <summary>
/// A real gateway with the admin API in front of an API with two operations: one that asks for a key, one that anybody may call. Gate time
/// stands until it is advanced.
/// </summary>
internal sealed class AdminFixture : IAsyncDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private AdminFixture(RecordingUpstream upstream, GateState state, GatewayHost host, FakeTimeProvider time)
    {
        Upstream = upstream;
        State = state;
        Host = host;
        Time = time;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(host.AdminAddress) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public RecordingUpstream Upstream { get; }

    public GateState State { get; }

    public GatewayHost Host { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>The admin API, with the token.</summary>
    public HttpClient Http { get; }

    /// <summary>The mapped application, to list its routes.</summary>
    public WebApplication Admin { get; private set; } = null!;

    public Uri Address => new(Host.Addresses.First());

    public static async Task<AdminFixture> StartAsync(
        Func<string, byte[]>? answer = null,
        Budget[]? budgets = null,
        IReadOnlyList<string>? hosts = null,
        IdentityPlan? identity = null
    )
    {
        var upstream = new RecordingUpstream(
            answer ?? (_ => RecordingUpstream.Response(200, "application/json", "{\"ok\":true}"))
        );
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        var journal = new MemoryJournal();
        var keys = KeyRing.CreateRandom();
        var policy = Policy(upstream.Address, new OperationRegistry(), budgets ?? [], identity);
        var state = new GateState(policy, keys, journal, new GateClock(time), NoFindings.Instance);
        // Operations get their index from the state's own registry, as the policy compiler does it.
        state.Use(Policy(upstream.Address, state.Operations, budgets ?? [], identity));
        state.Identity.ApiKeys = new ApiKeyStore(null, keys, time);
        WebApplication? admin = null;
        var host = await GatewayHost.StartAsync(
            new GatewaySettings { Listen = [new Uri("http://127.0.0.1:0")], Admin = new Uri("http://127.0.0.1:0") },
            state,
            (app, _) =>
            {
                admin = app;
                var services = new AdminServices(state, new MemoryLedger(journal), AdminToken.Of(Token)) { Hosts = hosts ?? [] };
                AdminApi.Map(app, services);
            }
        );
        return new AdminFixture(upstream, state, host, time) { Admin = admin! };
    }

    /// <summary>A GET through the gateway; the whole answer as text.</summary>
    public Task<string> CallAsync(string target, string? key = null) =>
        RawClient.GetAsync(
            Address,
            target,
            Xunit.TestContext.Current.CancellationToken,
            key is null ? [] : [$"X-Api-Key: {key}"]
        );

    public string IssueKey(string name) => State.Identity.ApiKeys.Issue(new ApiKeyRequest { Name = name }).Text;

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type)
    {
        var answer = await Http.GetAsync(path, Xunit.TestContext.Current.CancellationToken);
        return await ReadAsync(answer, type);
    }

    public async Task<TAnswer> PostAsync<TBody, TAnswer>(
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> type
    )
    {
        var answer = await Http.PostAsync(path, JsonContent.Create(body, bodyType), Xunit.TestContext.Current.CancellationToken);
        return await ReadAsync(answer, type);
    }

    /// <summary>The incident id in a refusal.</summary>
    public static string IncidentOf(string answer)
    {
        using var problem = JsonDocument.Parse(answer[answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)..]);
        return problem.RootElement.GetProperty("incident").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> type)
    {
        var text = await answer.Content.ReadAsStringAsync(Xunit.TestContext.Current.CancellationToken);
        Xunit.Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize(text, type)!;
    }

    private static PolicySnapshot Policy(Uri address, OperationRegistry operations, Budget[] budgets, IdentityPlan? identity)
    {
        OperationPlan Plan(string template, AuthenticationWord authentication) =>
            new()
            {
                Operation = operations.TryAdd("test", "GET", template, isDeclared: true)!,
                Authentication = authentication,
                ParameterNames = ["id"],
                Budgets = budgets,
            };

        var plans = new[]
        {
            Plan("/accounts/{id}", AuthenticationWord.Required),
            Plan("/people/{id}", AuthenticationWord.Public),
        };
        var learned = new LearnedOperations("test", operations, operation => new OperationPlan { Operation = operation });
        return new PolicySnapshot
        {
            Mode = Mode.Enforce,
            Identity = identity ?? new IdentityPlan(),
            Budgets = budgets,
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            DefaultUpstream = new UpstreamPlan
            {
                Name = "test",
                Address = address,
                Hosts = ["*"],
                Router = new DeclaredRouter(plans, learned, matchesLoosely: false),
            },
        };
    }
}
