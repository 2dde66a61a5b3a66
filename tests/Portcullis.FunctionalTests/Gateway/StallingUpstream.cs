using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portcullis.FunctionalTests.Gateway;

/// <summary>An upstream that sends the beginning of an answer, then nothing for ever, or the rest part by part with pauses.</summary>
internal sealed class StallingUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public StallingUpstream(string beginning, TimeSpan? pause = null, params string[] rest)
    {
        _listener.Start();
        _accepting = AcceptAsync(beginning, pause ?? Timeout.InfiniteTimeSpan, rest);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(string beginning, TimeSpan pause, string[] rest)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = ServeAsync(client, beginning, pause, rest);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client, string beginning, TimeSpan pause, string[] rest)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, _stop.Token);
                await stream.WriteAsync(Encoding.Latin1.GetBytes(beginning), _stop.Token);
                foreach (var part in rest)
                {
                    await Task.Delay(pause, _stop.Token);
                    await stream.WriteAsync(Encoding.Latin1.GetBytes(part), _stop.Token);
                }
                await Task.Delay(rest.Length == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, _stop.Token);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException) { }
        }
    }
}
