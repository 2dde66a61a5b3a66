using Portcullis.Sample.Telecom;

namespace Portcullis.Demo;

/// <summary>Where the demo plays: the sample API in this process, a folder for policies and data, and the gateway of the act.</summary>
internal sealed class DemoScene : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(15);

    private readonly WebApplication _api;
    private readonly string _folder;
    private readonly Population _population;
    private readonly TimeProvider _time;
    private DemoLog _log = new();
    private DemoGateway? _gateway;

    private DemoScene(WebApplication api, string folder, Population population, TimeProvider time)
    {
        _api = api;
        _folder = folder;
        _population = population;
        _time = time;
    }

    public Uri ApiAddress => new(_api.Urls.First());

    public static async Task<DemoScene> OpenAsync(int customers, TimeProvider time, CancellationToken stop)
    {
        var population = new Population(customers);
        var api = TelecomApi.Build(new TelecomOptions { Listen = new Uri("http://127.0.0.1:0"), Customers = customers });
        await api.StartAsync(stop);
        return new DemoScene(api, Directory.CreateTempSubdirectory("portcullis-demo-").FullName, population, time);
    }

    /// <summary>One act behind a gateway that has seen nothing before.</summary>
    public async Task<DemoActResult> PlayAsync(string mode, TimeSpan length, DemoScreen screen, CancellationToken stop)
    {
        await CloseGatewayAsync();
        stop.ThrowIfCancellationRequested();
        _log = new DemoLog();
        _gateway = await DemoGateway.StartAsync(WritePolicy(mode), _log);
        using var sockets = new SocketsHttpHandler
        {
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 64,
        };
        using var client = new HttpClient(sockets) { BaseAddress = _gateway.Address, Timeout = AnswerWithin };
        var act = new DemoAct(mode, await DemoCast.GatherAsync(_population, client, stop), _time);
        screen.Say(
            mode == "monitor"
                ? "Act 1: the gateway only watches: everything passes, as without it."
                : "Act 2: the same attacks, and the gateway enforces its policy."
        );
        return await screen.ShowAsync(show => act.PlayAsync(client, length, show, stop));
    }

    /// <summary>Leaves everything running until told to stop.</summary>
    public async Task KeepAsync(DemoScreen screen, CancellationToken stop)
    {
        foreach (
            var line in DemoSuggestions.For(_gateway!, ApiAddress, Path.GetDirectoryName(PolicyFile("enforce"))!, _population)
        )
        {
            screen.Say(line);
        }
        _log.Open(screen.Say);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = stop.Register(() => stopped.TrySetResult());
        await stopped.Task;
        screen.Say("Stopping.");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await CloseGatewayAsync();
            await _api.StopAsync();
            await _api.DisposeAsync();
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task CloseGatewayAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
            _gateway = null;
        }
    }

    private string PolicyFile(string mode) => Path.Combine(_folder, mode, "portcullis.yaml");

    /// <summary>The sample's own policy, in the act's mode, with the address the API really has.</summary>
    private string WritePolicy(string mode)
    {
        var file = PolicyFile(mode);
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!).FullName;
        File.WriteAllText(Path.Combine(folder, "openapi.yaml"), SampleFiles.Contract);
        File.WriteAllText(Path.Combine(folder, "dev-signing-key.txt"), SampleFiles.SigningKey);
        var policy = SampleFiles
            .Policy.Replace("mode: enforce\n", $"mode: {mode}\ndata: {DataFolder(folder)}\n")
            .Replace(new TelecomOptions().Listen.ToString().TrimEnd('/'), ApiAddress.ToString().TrimEnd('/'));
        File.WriteAllText(file, policy);
        return file;
    }

    private static string DataFolder(string folder) => Path.Combine(folder, DemoSuggestions.DataFolder);
}
