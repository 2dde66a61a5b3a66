using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>Starts servers on real sockets for one side of a run; implemented by whoever has a server.</summary>
public interface IWire
{
    /// <summary>The API alone: protection off.</summary>
    /// <param name="upstream">Answers requests.</param>
    /// <param name="clock">Time of the run.</param>
    IWireRun OpenBare(SampleUpstream upstream, VirtualClock clock);

    /// <summary>The API with a gateway in front.</summary>
    /// <param name="policyFile">The policy; its upstream's address and the addresses to listen on are replaced.</param>
    /// <param name="upstream">Answers what the gateway forwards.</param>
    /// <param name="clock">Time of the run, and of the gate.</param>
    IGuardedWireRun OpenGuarded(string policyFile, SampleUpstream upstream, VirtualClock clock);
}
