using System.Globalization;
using Portcullis.Core.Policy.Reading;
using Portcullis.Gateway;

namespace Portcullis.Strangers;

/// <summary>
/// A whole gateway, its journal and its stores, asked over real sockets by more anonymous addresses than it may remember. The API and the
/// clients are other processes; this one is the gateway alone. Prints its resident memory: after a few have come, at most, and after an
/// hour in which nobody came, which the gate's clock skips.
/// </summary>
internal sealed class StrangersRun(int addresses, int connections)
{
    private const double MostMiB = 400;
    private const double MostKeptMiB = 100;
    private const int WarmUp = 20_000;
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(62);

    private const string Policy = """
        version: 1
        mode: enforce
        upstreams:
          - { name: people, address: "http://127.0.0.1:1", hosts: [people.example] }
        operations:
          GET /people/{customerId}: { authentication: public, subject: customerId, returns: [person-name, email, birth-date] }
        budgets:
          - { name: stranger, pool: anonymous, limit: 20, window: 1d }
          - { name: strangers, per: pool, pool: anonymous, limit: 2000000, window: 1d, over: token }
        """;

    private readonly SkippingTime _time = new();

    public async Task<int> RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("portcullis-strangers-");
        try
        {
            var policy = Path.Combine(folder.FullName, "portcullis.yaml");
            await File.WriteAllTextAsync(policy, Policy);
            using var api = new OtherProcess("api");
            await using var gateway = await GatewayProcess.StartAsync(
                policy,
                Settings(await api.LineAsync(), folder.FullName),
                TextWriter.Null,
                _time
            );
            return await MeasureAsync(gateway, output);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<int> MeasureAsync(GatewayProcess gateway, TextWriter output)
    {
        using var memory = new ResidentMemory();
        await ComeAsync(gateway, WarmUp);
        var before = ResidentMemory.NowMiB;
        Say(output, "before", before, gateway, $"");
        var refused = await ComeAsync(gateway, addresses);
        var most = memory.MostMiB;
        Say(output, "at most", most, gateway, $", {addresses:N0} addresses, {refused} refused");
        // The gateway looks every minute of real time, and sees one without requests two minutes later at most.
        await Task.Delay(TimeSpan.FromSeconds(130));
        Say(output, "after 2 min", ResidentMemory.NowMiB, gateway, $"");
        _time.Skip(Quiet);
        await Task.Delay(TimeSpan.FromSeconds(70));
        Say(output, "after 1 h", ResidentMemory.NowMiB, gateway, $"");
        return most < MostMiB && ResidentMemory.NowMiB < before + MostKeptMiB ? 0 : 1;
    }

    private async Task<string> ComeAsync(GatewayProcess gateway, int count)
    {
        using var crowd = new OtherProcess("crowd", gateway.Host.Addresses.First(), $"{count}", $"{connections}");
        return await crowd.LineAsync();
    }

    private static void Say(TextWriter output, string when, double mebibytes, GatewayProcess gateway, FormattableString more) =>
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{when, -11} {mebibytes, 7:0.0} MiB  ({gateway.State.Callers.Count:N0} rows"
            )
                + FormattableString.Invariant(more)
                + ")"
        );

    private static PolicySetting[] Settings(string upstream, string folder) =>
        [
            PolicySetting.OfFlag("upstreams.0.address", upstream, "upstream"),
            PolicySetting.OfFlag("listen", "http://127.0.0.1:0", "listen"),
            PolicySetting.OfFlag("admin", "http://127.0.0.1:0", "admin"),
            PolicySetting.OfFlag("data", Path.Combine(folder, "data"), "data"),
            PolicySetting.OfFlag("trustedProxies", "127.0.0.0/8", "trustedProxies"),
        ];
}
