using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portcullis.TestKit;

/// <summary>
/// An upstream on a raw socket: keeps every request exactly as its bytes came and answers with exactly the bytes it is told to, so that
/// tests see what really crossed the wire.
/// </summary>
public sealed class RecordingUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public RecordingUpstream(Func<string, byte[]> answer)
    {
        Answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>From the request head (request line and headers, CRLF between) to the bytes to send back; the connection closes after them.</summary>
    public Func<string, byte[]> Answer { get; set; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Requests in the order they were complete: head, blank line, body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>An answer with Content-Length.</summary>
    public static byte[] Response(int status, string contentType, string body, params string[] headers) =>
        Encoding.UTF8.GetBytes(
            $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
                + string.Concat(headers.Select(header => header + "\r\n"))
                + $"Connection: close\r\n\r\n{body}"
        );

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                // Never in this loop: an answer that waits would keep the next caller from being accepted.
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await ReadAsync(stream, _stop.Token);
                if (request is null)
                {
                    return;
                }
                Requests.Enqueue(request);
                await stream.WriteAsync(Answer(request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)]), _stop.Token);
                await stream.FlushAsync(_stop.Token);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException) { }
        }
    }

    private static async Task<string?> ReadAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, cancellation);
            if (read == 0)
            {
                return null;
            }
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var soFar = text.ToString();
            var end = soFar.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && IsWhole(soFar[..end], soFar[(end + 4)..]))
            {
                return soFar;
            }
        }
    }

    private static bool IsWhole(string head, string body) =>
        head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
            ? $"\r\n{body}".EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
            : body.Length >= ContentLength(head);

    private static int ContentLength(string head)
    {
        foreach (var line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                return int.Parse(line.AsSpan(15).Trim());
            }
        }
        return 0;
    }
}
