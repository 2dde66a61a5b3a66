using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Policy;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>The guarded side of a run: gate, policy and the way through them.</summary>
internal sealed class GuardedRun : IDisposable
{
    private readonly Gate? _gate;
    private readonly DrillPolicy _policy;
    private readonly IGuardedWireRun? _wire;
    private readonly LearningJournal? _learning;

    private GuardedRun(Gate? gate, DrillPolicy policy, ITransport transport, IGuardedWireRun? wire, LearningJournal? learning)
    {
        _gate = gate;
        _learning = learning;
        _policy = policy;
        _wire = wire;
        Transport = transport;
    }

    public ITransport Transport { get; }

    public static GuardedRun Open(World world, Cell cell, ReplayOptions options, VirtualClock clock)
    {
        var upstream = new SampleUpstream(world.Scenario, cell.Shape, world.Population, world.Mint);
        var policy = new DrillPolicy(world, cell.Knowledge);
        if (options.Scale == ReplayScale.Wire)
        {
            var wire = WireOf(options).OpenGuarded(policy.File, upstream, clock);
            return new GuardedRun(null, policy, wire.Transport, wire, null);
        }
        var learning = cell.Knowledge == KnowledgeLevel.Learned ? new LearningJournal() : null;
        var gate = GateOf(policy, world.Seed, clock, learning is null ? options.Journal : _ => learning);
        return new GuardedRun(gate, policy, new InProcessAdapter(gate, upstream), null, learning);
    }

    public static IWire WireOf(ReplayOptions options) =>
        options.Wire ?? throw new ScenarioException(["--scale wire needs a server to send through."]);

    /// <summary>A gate as the product opens it, with a ledger key that follows from the seed.</summary>
    public static Gate GateOf(DrillPolicy policy, ulong seed, VirtualClock clock, Func<GateClock, IJournal>? journal)
    {
        Span<byte> secret = stackalloc byte[KeyRing.SecretSize];
        var random = new Xoshiro256(seed, 0x1ED6E5);
        for (var i = 0; i < secret.Length; i++)
        {
            secret[i] = (byte)random.Next();
        }
        var gateClock = new GateClock(clock);
        var state = policy.OpenState(new KeyRing(1, secret), journal?.Invoke(gateClock) ?? new NullJournal(), gateClock);
        return new Gate(state);
    }

    /// <summary>The learning week is over: what the product proposes takes effect.</summary>
    public void Enforce()
    {
        if (_gate is not null && _learning is not null)
        {
            _learning.IsLearning = false;
            _policy.Enforce(_gate.State, _learning.Proposed);
        }
        else if (_wire is not null)
        {
            _policy.Rewrite(_wire.Operations, _wire.Proposed());
            _wire.Reload();
        }
    }

    public void Dispose()
    {
        _wire?.Dispose();
        _policy.Dispose();
    }
}
