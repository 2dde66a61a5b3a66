using Portcullis.Core;
using Portcullis.Core.Hashing;
using Portcullis.Core.Journal;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>The guarded side of a run: gate, policy and the way through them.</summary>
internal sealed class GuardedRun : IDisposable
{
    private readonly DrillPolicy _policy;
    private readonly IGuardedWireRun? _wire;
    private readonly Operator? _operator;

    private GuardedRun(DrillPolicy policy, ITransport transport, IGuardedWireRun? wire, Operator? follower)
    {
        _operator = follower;
        _policy = policy;
        _wire = wire;
        Transport = transport;
    }

    public ITransport Transport { get; }

    public static GuardedRun Open(World world, Cell cell, ReplayOptions options, VirtualClock clock)
    {
        var upstream = new SampleUpstream(world.Scenario, cell.Shape, world.Population, world.Mint);
        var policy = new DrillPolicy(world, cell.Knowledge);
        var learns = cell.Knowledge == KnowledgeLevel.Learned;
        if (options.Scale == ReplayScale.Wire)
        {
            var wire = WireOf(options).OpenGuarded(policy.File, upstream, clock);
            return new GuardedRun(policy, wire.Transport, wire, learns ? new Operator(policy, wire) : null);
        }
        var learning = learns ? new LearningJournal() : null;
        var gate = GateOf(policy, world.Seed, clock, learning is null ? options.Journal : _ => learning, options.Without);
        var follower = learning is null ? null : new Operator(policy, new WatchedGate(policy, gate.State, learning));
        return new GuardedRun(policy, new InProcessAdapter(gate, upstream), null, follower);
    }

    public static IWire WireOf(ReplayOptions options) =>
        options.Wire ?? throw new ScenarioException(["--scale wire needs a server to send through."]);

    /// <summary>A gate as the product opens it, with a ledger key that follows from the seed.</summary>
    public static Gate GateOf(
        DrillPolicy policy,
        ulong seed,
        VirtualClock clock,
        Func<GateClock, IJournal>? journal,
        IReadOnlyCollection<string>? without = null
    )
    {
        Span<byte> secret = stackalloc byte[KeyRing.SecretSize];
        var random = new Xoshiro256(seed, 0x1ED6E5);
        for (var i = 0; i < secret.Length; i++)
        {
            secret[i] = (byte)random.Next();
        }
        var gateClock = new GateClock(clock);
        var state = policy.OpenState(new KeyRing(1, secret), journal?.Invoke(gateClock) ?? new NullJournal(), gateClock);
        return without is { Count: > 0 } ? new Gate(state, guard => without.Contains(guard.Id) ? null : guard) : new Gate(state);
    }

    /// <summary>Whether a gate can be opened without the guards that options name.</summary>
    /// <exception cref="ScenarioException">A name is no guard's, or the scale has the gate as it is.</exception>
    public static void CheckWithout(ReplayOptions options)
    {
        var keys = new KeyRing(1, new byte[KeyRing.SecretSize]);
        var state = DrillPolicy.NoState(keys, new NullJournal(), new GateClock(new VirtualClock()));
        string[] known = [.. new Gate(state).Guards.Select(guard => guard.Id)];
        string[] unknown = [.. options.Without.Where(id => !known.Contains(id))];
        if (unknown.Length > 0)
        {
            throw new ScenarioException([
                .. unknown.Select(id =>
                    $"--without: '{id}' is not a guard; there are {string.Join(", ", known)}.{ScenarioNode.Hint(id, known)}"
                ),
            ]);
        }
        if (options.Without.Count > 0 && options.Scale != ReplayScale.Ci)
        {
            throw new ScenarioException([
                $"--without: --scale {options.Scale.ToString().ToLowerInvariant()} has the gate as it is, with every guard; --scale ci can leave one out.",
            ]);
        }
    }

    /// <summary>A day of monitoring is over: whoever runs the gate looks at what it learned.</summary>
    public void Review() => _operator?.Review();

    public void Dispose()
    {
        _wire?.Dispose();
        _policy.Dispose();
    }
}
