using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>The real executable as a process of its own, to be killed at any moment.</summary>
internal sealed class GatewayBinary : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly string _folder;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _listen = New();
    private readonly TaskCompletionSource<string> _admin = New();
    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GatewayBinary(string folder, ProcessStartInfo start)
    {
        _folder = folder;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _exit.TrySetResult();
    }

    /// <summary>Where callers connect.</summary>
    public Uri Address => new(_listen.Task.GetAwaiter().GetResult());

    public string AdminAddress => _admin.Task.GetAwaiter().GetResult();

    /// <summary>All that it printed so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public int ProcessId => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts `portcullis run` on a policy file; does not wait until it listens.</summary>
    /// <param name="policy">The policy file.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="around">A program that runs it, with its arguments: strace, prlimit.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="flags">More flags.</param>
    public static GatewayBinary Start(
        string policy,
        string data,
        IReadOnlyList<string>? around = null,
        IReadOnlyDictionary<string, string>? environment = null,
        IReadOnlyList<string>? flags = null
    )
    {
        string[] command =
        [
            .. around ?? [],
            Path.Combine(AppContext.BaseDirectory, "portcullis"),
            "run",
            "--config",
            policy,
            "--data",
            data,
            "--listen",
            "http://127.0.0.1:0",
            "--admin",
            // Another loopback address, because one port cannot serve callers and operators and here neither is chosen yet.
            "http://127.0.0.2:0",
            .. flags ?? [],
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the surroundings set for a gateway of their own is not for this one.
        foreach (
            var name in start.Environment.Keys.Where(name => name.StartsWith("PORTCULLIS_", StringComparison.Ordinal)).ToList()
        )
        {
            start.Environment.Remove(name);
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var gateway = new GatewayBinary(data, start);
        gateway._process.Start();
        gateway._process.BeginOutputReadLine();
        gateway._process.BeginErrorReadLine();
        return gateway;
    }

    /// <summary>Waits until it listens; fails with what it printed when it ends instead.</summary>
    public async Task ListensAsync()
    {
        var listens = Task.WhenAll(_listen.Task, _admin.Task);
        if (await Task.WhenAny(listens, _exit.Task, Task.Delay(Patience, Xunit.TestContext.Current.CancellationToken)) != listens)
        {
            throw new InvalidOperationException($"The gateway does not listen. It said:\n{Said}");
        }
    }

    /// <summary>A client of its admin API, with the token of its data folder.</summary>
    public HttpClient Admin()
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(AdminAddress),
            Timeout = Patience,
        };
        var token = File.ReadAllText(Path.Combine(Seen(_folder), "admin.token")).Trim();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    /// <summary>The path under which a file of the process is seen from here, also when it has mounts of its own.</summary>
    public string Seen(string path) => $"/proc/{_process.Id}/root{path}";

    /// <summary>SIGKILL, whatever it is doing.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await EndsAsync();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start(
            "kill",
            ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync();
        return await EndsAsync();
    }

    /// <summary>Waits until it ended by itself, all output read.</summary>
    public async Task<int> EndsAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }
        _process.Dispose();
    }

    private static TaskCompletionSource<string> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_said)
        {
            _said.AppendLine(line);
        }
        if (Between(line, "Listening on ", ",") is { } listen)
        {
            _listen.TrySetResult(listen);
        }
        if (Between(line, "Admin API, health checks: ", null) is { } admin)
        {
            _admin.TrySetResult(admin);
        }
    }

    private static string? Between(string line, string before, string? after)
    {
        if (!line.StartsWith(before, StringComparison.Ordinal))
        {
            return null;
        }
        var rest = line[before.Length..];
        return after is null ? rest.Trim() : rest[..rest.IndexOf(after, StringComparison.Ordinal)];
    }
}
