using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>How a simulated request travels to the upstream and its answer back: in process or over sockets, with a gate or without.</summary>
public interface ITransport
{
    /// <summary>Sends and writes what reached the client; the answer's body is valid until the next call.</summary>
    void Send(SimulatedRequest request, SimulatedAnswer answer);
}
