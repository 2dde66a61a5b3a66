namespace Portcullis.Drills.Replay;

/// <summary>A running pair of gateway and upstream.</summary>
public interface IWireRun : IDisposable
{
    /// <summary>Through the gateway.</summary>
    ITransport Guarded { get; }
}
