using Portcullis.Drills.Replay;
using Portcullis.Drills.Simulator;

namespace Portcullis.Wire;

/// <summary>Puts a drill on real loopback sockets: its API as a server, and the gateway in front of it as <c>run</c> puts it together.</summary>
internal sealed class LoopbackWire : IWire
{
    public IWireRun OpenBare(SampleUpstream upstream, VirtualClock clock) => new BareWireRun(DrillServer.Start(upstream, clock));

    public IGuardedWireRun OpenGuarded(string policyFile, SampleUpstream upstream, VirtualClock clock) =>
        GuardedWireRun.Start(policyFile, DrillServer.Start(upstream, clock), clock);
}
