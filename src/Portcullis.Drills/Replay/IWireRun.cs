namespace Portcullis.Drills.Replay;

/// <summary>Running servers, and a client's way to them.</summary>
public interface IWireRun : IDisposable
{
    ITransport Transport { get; }
}
