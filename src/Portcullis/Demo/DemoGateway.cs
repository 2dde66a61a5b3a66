using Portcullis.Core.Policy.Reading;
using Portcullis.Gateway;

namespace Portcullis.Demo;

/// <summary>The gateway of one act, put together as <c>portcullis run</c> does, with a policy file of its own and any free ports.</summary>
internal sealed class DemoGateway : IAsyncDisposable
{
    private const string AnyPort = "http://127.0.0.1:0";

    private readonly GatewayProcess _process;

    private DemoGateway(GatewayProcess process) => _process = process;

    public Uri Address => new(_process.Host.Addresses.First());

    public Uri Admin => new(_process.Host.AdminAddress);

    /// <summary>Starts it; it is ready on return.</summary>
    /// <param name="policyFile">The policy; names its own upstream and data folder.</param>
    /// <param name="log">Where it says what it learns and that a changed policy is in force.</param>
    public static async Task<DemoGateway> StartAsync(string policyFile, TextWriter log) =>
        new(
            await GatewayProcess.StartAsync(
                policyFile,
                [PolicySetting.OfFlag("listen", AnyPort, "demo"), PolicySetting.OfFlag("admin", AnyPort, "demo")],
                log
            )
        );

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
