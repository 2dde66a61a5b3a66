using System.Globalization;
using System.Text;
using Portcullis.Core.Policy.Reading;
using Portcullis.Drills.Simulator;
using Portcullis.Gateway;
using Portcullis.Wire;

namespace Portcullis.Strangers;

/// <summary>
/// A whole gateway, its journal and its stores, asked over real sockets by more anonymous addresses than it may remember, each of a network
/// of its own and each given another person's record. Prints the resident memory of the process, the API and the clients within it included:
/// before, at most, and after an hour in which nobody came. The gate's clock is virtual.
/// </summary>
internal sealed class StrangersRun(int addresses, int connections)
{
    private const double LimitMiB = 500;
    private const int WarmUp = 20_000;

    // All within half an hour: nobody goes quiet before the last one came.
    private const long SpanMilliseconds = 30 * 60_000;
    private const long QuietMilliseconds = 62 * 60_000;

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

    private readonly VirtualClock _clock = new();
    private int _sent;
    private int _refused;

    public async Task<int> RunAsync(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("portcullis-strangers-");
        try
        {
            var policy = Path.Combine(folder.FullName, "portcullis.yaml");
            await File.WriteAllTextAsync(policy, Policy);
            await using var api = await PeopleApi.StartAsync();
            await using var gateway = await GatewayProcess.StartAsync(
                policy,
                Settings(api.Address, folder.FullName),
                TextWriter.Null,
                _clock
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
        var address = new Uri(gateway.Host.Addresses.First());
        using (var socket = new HttpSocket(address))
        {
            for (var i = 0; i < WarmUp; i++)
            {
                Ask(socket, 0, 0);
            }
        }
        using var memory = new ResidentMemory();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"before      {ResidentMemory.NowMiB, 7:0.0} MiB"));
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(_ => Task.Factory.StartNew(() => Come(address), TaskCreationOptions.LongRunning))
        );
        var most = memory.MostMiB;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"at most     {most, 7:0.0} MiB  ({addresses:N0} addresses, {_refused:N0} refused, {gateway.State.Callers.Count:N0} rows)"
            )
        );
        var before = ResidentMemory.NowMiB;
        _clock.Now += QuietMilliseconds;
        for (var i = 1; i <= 3; i++)
        {
            // The gateway looks every minute of real time.
            await Task.Delay(TimeSpan.FromSeconds(65));
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"after quiet {ResidentMemory.NowMiB, 7:0.0} MiB  ({i} min later, {gateway.State.Callers.Count:N0} rows)"
                )
            );
        }
        return most < LimitMiB && ResidentMemory.NowMiB < before ? 0 : 1;
    }

    private void Come(Uri address)
    {
        using var socket = new HttpSocket(address);
        for (var i = Interlocked.Increment(ref _sent); i <= addresses; i = Interlocked.Increment(ref _sent))
        {
            _clock.Now = Math.Max(_clock.Now, i * SpanMilliseconds / addresses);
            if (Ask(socket, i, i) != 200)
            {
                Interlocked.Increment(ref _refused);
            }
        }
    }

    private static int Ask(HttpSocket socket, int network, int person)
    {
        var head =
            $"GET /people/{100_000_000 + person} HTTP/1.1\r\nHost: people.example\r\nX-Forwarded-For: {1 + (network >> 16)}.{(network >> 8) & 255}.{network & 255}.7\r\n\r\n";
        return socket.Exchange(Encoding.ASCII.GetBytes(head), default).Status;
    }

    private static PolicySetting[] Settings(string upstream, string folder) =>
        [
            PolicySetting.OfFlag("upstreams.0.address", upstream, "upstream"),
            PolicySetting.OfFlag("listen", "http://127.0.0.1:0", "listen"),
            PolicySetting.OfFlag("admin", "http://127.0.0.1:0", "admin"),
            PolicySetting.OfFlag("data", Path.Combine(folder, "data"), "data"),
            PolicySetting.OfFlag("trustedProxies", "127.0.0.0/8", "trustedProxies"),
        ];
}
