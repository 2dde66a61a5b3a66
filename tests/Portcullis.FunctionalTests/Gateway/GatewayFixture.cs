using System.Collections.Frozen;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.Gateway;
using Portcullis.TestKit;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>A real gateway on free loopback ports in front of a recording upstream.</summary>
internal sealed class GatewayFixture : IAsyncDisposable
{
    private GatewayFixture(RecordingUpstream upstream, GateState state, GatewayHost host)
    {
        Upstream = upstream;
        State = state;
        Host = host;
    }

    public RecordingUpstream Upstream { get; }

    public GateState State { get; }

    public GatewayHost Host { get; }

    public Uri Address => new(Host.Addresses.First());

    public static async Task<GatewayFixture> StartAsync(
        Func<string, byte[]> answer,
        Mode mode = Mode.Enforce,
        Func<UpstreamPlan, UpstreamPlan>? change = null
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
            UpstreamsByHost = FrozenDictionary<string, UpstreamPlan>.Empty,
            DefaultUpstream = change?.Invoke(plan) ?? plan,
        };
        var state = new GateState(
            policy,
            KeyRing.CreateRandom(),
            new NullJournal(),
            new GateClock(TimeProvider.System),
            NoFindings.Instance
        );
        var settings = new GatewaySettings { Listen = [new Uri("http://127.0.0.1:0")], Admin = new Uri("http://127.0.0.1:0") };
        var host = await GatewayHost.StartAsync(settings, state, [], (_, _) => { });
        return new GatewayFixture(upstream, state, host);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
