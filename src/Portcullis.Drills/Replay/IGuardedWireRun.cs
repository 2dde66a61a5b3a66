namespace Portcullis.Drills.Replay;

/// <summary>A running pair of gateway and upstream.</summary>
public interface IGuardedWireRun : IWireRun, IWatchedGate;
