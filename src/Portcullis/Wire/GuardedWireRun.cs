using Portcullis.Analysis.Readiness;
using Portcullis.Api;
using Portcullis.Core.Decisions;
using Portcullis.Core.Policy.Reading;
using Portcullis.Core.Traffic;
using Portcullis.Drills.Replay;
using Portcullis.Drills.Scenarios;
using Portcullis.Drills.Simulator;
using Portcullis.Gateway;

namespace Portcullis.Wire;

/// <summary>A client that speaks to a gateway in front of the drill's API; journal, state and history lie beside the policy.</summary>
internal sealed class GuardedWireRun : IGuardedWireRun
{
    private readonly DrillServer _server;
    private readonly GatewayProcess _gateway;
    private readonly SocketTransport _transport;
    private readonly string _data;

    private GuardedWireRun(DrillServer server, GatewayProcess gateway, string data)
    {
        _server = server;
        _gateway = gateway;
        _data = data;
        _transport = new SocketTransport(new Uri(gateway.Host.Addresses.First()), server);
    }

    public ITransport Transport => _transport;

    public OperationRegistry Operations => _gateway.State.Operations;

    public static GuardedWireRun Start(string policyFile, DrillServer server, VirtualClock clock)
    {
        var data = Path.Combine(Path.GetDirectoryName(policyFile)!, "data");
        PolicySetting[] settings =
        [
            Setting("upstreams.0.address", server.Address.ToString()),
            Setting("listen", "http://127.0.0.1:0"),
            Setting("admin", "http://127.0.0.1:0"),
            Setting("data", data),
            Setting("trustedProxies", "127.0.0.0/8"),
        ];
        try
        {
            var starting = GatewayProcess.StartAsync(policyFile, settings, TextWriter.Null, clock);
            return new GuardedWireRun(server, starting.GetAwaiter().GetResult(), data);
        }
        catch (Exception failure) when (failure is CommandFailure or InvalidDataException)
        {
            server.Dispose();
            throw new ScenarioException([failure.Message]);
        }
    }

    public IReadOnlyList<ReadyOperation> Ready()
    {
        using var operators = new AdminClient(
            new Uri(_gateway.Host.AdminAddress),
            AdminToken.TextFor(_data),
            CancellationToken.None
        );
        var answers = operators.GetAsync("/v1/ready", AdminJson.Default.ReadyAnswerArray).GetAwaiter().GetResult();
        return
        [
            .. answers.Select(ready => new ReadyOperation(
                ready.Index,
                Enum.Parse<Advice>(ready.Advice, ignoreCase: true),
                ready.ProposedBudget,
                ready.Because
            )),
        ];
    }

    public void Promote(int operation, string why) =>
        _gateway.State.Override(_gateway.State.Operations.All[operation], new ModeOverride(Mode.Enforce, long.MaxValue, why));

    public void Reload()
    {
        if (_gateway.Reload() is { Count: > 0 } errors)
        {
            throw new ScenarioException([.. errors.Select(error => error.ToString())]);
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        _gateway.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _server.Dispose();
    }

    private static PolicySetting Setting(string path, string value) => PolicySetting.OfFlag(path, value, path);
}
