using Portcullis.Drills.Replay;

namespace Portcullis.Wire;

/// <summary>A client that speaks to the drill's API itself.</summary>
internal sealed class BareWireRun(DrillServer server) : IWireRun
{
    private readonly SocketTransport _transport = new(server.Address, server);

    public ITransport Transport => _transport;

    public void Dispose()
    {
        _transport.Dispose();
        server.Dispose();
    }
}
