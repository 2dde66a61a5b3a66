using Portcullis.Drills.Simulator;

namespace Portcullis.Drills.Replay;

/// <summary>Starts a real upstream and a real gateway in front of it; implemented by whoever has a server.</summary>
public interface IWire
{
    /// <param name="policy">Folder with <c>portcullis.yaml</c>, the contract and the token key.</param>
    /// <param name="upstream">Answers what the gateway forwards.</param>
    /// <param name="clock">Time of the run.</param>
    IWireRun Open(string policy, SampleUpstream upstream, TimeProvider clock);
}
