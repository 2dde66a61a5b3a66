using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Portcullis.Commands;

namespace Portcullis.Demo;

/// <summary>The gateway of one act: this very executable, started as <c>portcullis run</c> with a policy file of its own.</summary>
internal sealed class DemoGateway : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int LinesKept = 20;
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();

    private DemoGateway(Process process, Uri address, Uri admin)
    {
        _process = process;
        Address = address;
        Admin = admin;
    }

    public Uri Address { get; }

    public Uri Admin { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="policyFile">The policy; names its own upstream and data folder.</param>
    /// <param name="time">Clock of the waits.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<DemoGateway> StartAsync(string policyFile, TimeProvider time, CancellationToken stop)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var admin = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }
        foreach (
            var word in (string[])["run", "--config", policyFile, "--listen", address.ToString(), "--admin", admin.ToString()]
        )
        {
            start.ArgumentList.Add(word);
        }
        var process = new Process { StartInfo = start };
        var gateway = new DemoGateway(process, address, admin);
        process.OutputDataReceived += (_, line) => gateway.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => gateway.Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await gateway.ReadyAsync(time, stop);
            return gateway;
        }
        catch
        {
            await gateway.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(_process.Id, Terminate);
            using var patience = new CancellationTokenSource(StopWithin);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }
        _process.Dispose();
    }

    private async Task ReadyAsync(TimeProvider time, CancellationToken stop)
    {
        using var client = new HttpClient();
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < StartWithin && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Admin, "/readyz"), stop);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(AskEvery, time, stop);
        }
        throw CommandFailure.Unreachable("The gateway did not start:\n" + Last());
    }

    private void Keep(string? line)
    {
        lock (_lastLines)
        {
            if (line is not null)
            {
                _lastLines.Enqueue(line);
            }
            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }
        }
    }

    private string Last()
    {
        lock (_lastLines)
        {
            return string.Join("\n", _lastLines);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // .NET can only kill; a gateway is asked to end, so that it drains and closes its journal.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
