using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>No gate: what the upstream answers is what reaches the client.</summary>
public sealed class DirectTransport(SampleUpstream upstream) : ITransport
{
    public void Send(SimulatedRequest request, SimulatedAnswer answer) => upstream.Answer(request, answer);
}
