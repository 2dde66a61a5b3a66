using System.Collections.Frozen;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Portcullis.AspNetCore;
using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.Gateway;
using Portcullis.TestKit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A real gateway on free loopback ports in front of a recording upstream.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    private readonly MemoryJournal? _journal;

    private GatewayFixture(RecordingUpstream upstream, GateState state, GatewayHost host, MemoryJournal? journal)
    {
        Upstream = upstream;
        State = state;
        Host = host;
        _journal = journal;
    }

    public RecordingUpstream Upstream { get; }

    public GateState State { get; }

    public GatewayHost Host { get; }

    public MemoryJournal Journal => _journal ?? throw new InvalidOperationException("The test brought a journal of its own.");

    public RecordedFindings Findings => (RecordedFindings)State.Findings;

    public HoldBudget HoldBudget => Host.Services.GetRequiredService<HoldBudget>();

    public Gate Gate => Host.Services.GetRequiredService<Gate>();

    public Uri Address => new(Host.Addresses.First());

    public static async Task<GatewayFixture> StartAsync(
        Func<string, byte[]> answer,
        Mode mode = Mode.Enforce,
        Func<UpstreamPlan, UpstreamPlan>? change = null,
        HoldLimits? hold = null,
        Func<GatewaySettings, GatewaySettings>? settings = null,
        IJournal? journal = null,
        FailureWord? onJournalFailure = null,
        IdentityPlan? identity = null,
        IPNetwork[]? trustedProxies = null
    )
    {
        var upstream = new RecordingUpstream(answer);
        var plan = new UpstreamPlan
        {
            Name = "test",
            Address = upstream.Address,
            Hosts = ["*"],
            Router = new NoRouter(),
        };
        var policy = new PolicySnapshot
        {
            Mode = mode,
            Hold = hold ?? new HoldLimits(),
            OnJournalFailure = onJournalFailure,
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            DefaultUpstream = change?.Invoke(plan) ?? plan,
            Identity = identity ?? new IdentityPlan(),
            TrustedProxies = trustedProxies ?? [],
        };
        var memory = journal is null ? new MemoryJournal() : null;
        var state = new GateState(
            policy,
            KeyRing.CreateRandom(),
            journal ?? memory!,
            new GateClock(TimeProvider.System),
            new RecordedFindings()
        );
        var bound = new GatewaySettings { Listen = [new Uri("http://127.0.0.1:0")], Admin = new Uri("http://127.0.0.1:0") };
        var host = await GatewayHost.StartAsync(settings?.Invoke(bound) ?? bound, state, (_, _) => { });
        return new GatewayFixture(upstream, state, host, memory);
    }

    /// <summary>An upstream all of whose requests are one operation that is known to return phone numbers.</summary>
    public static Func<UpstreamPlan, UpstreamPlan> Personal(Func<OperationPlan, OperationPlan>? change = null) =>
        upstream =>
        {
            var plan = new OperationPlan
            {
                Operation = new Operation(0, "test", "GET", "/{id}", isDeclared: true),
                Authentication = AuthenticationWord.Public,
                DeclaredClasses = 1,
            };
            return upstream with { Router = new FixedRouter(change?.Invoke(plan) ?? plan) };
        };

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
