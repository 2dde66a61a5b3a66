using System.Net.Sockets;
using System.Text;

namespace Portcullis.FunctionalTests.Durability;

/// <summary>One keep-alive connection that asks for callers in turn and writes down every person whose bytes reached it, cut answers too.</summary>
internal sealed class DrillClient(Uri address, Random random, IReadOnlyList<string> tokens, int firstPerson, int people)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;
    private int _answers;

    /// <summary>Who received whom through a measured answer, in order.</summary>
    public List<(int Caller, int Person)> Received { get; } = [];

    /// <summary>Callers to whom at least one byte of a stream came, in order.</summary>
    public List<int> Streamed { get; } = [];

    /// <summary>Whole answers so far.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>Asks until cancelled or until the gateway is gone.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                using var socket = new TcpClient { NoDelay = true };
                await socket.ConnectAsync(address.Host, address.Port, stop);
                var stream = socket.GetStream();
                while (await AskAsync(stream, stop)) { }
            }
        }
        catch (Exception fault) when (fault is SocketException or IOException or OperationCanceledException) { }
    }

    private async Task<bool> AskAsync(NetworkStream stream, CancellationToken stop)
    {
        var caller = random.Next(tokens.Count);
        var kind = random.Next(100);
        var person = firstPerson + random.Next(people);
        var target =
            kind < 5 ? $"/events/{random.Next(1000)}"
            : kind < 15 ? $"/people?from={person}"
            : $"/people/{person}";
        var request =
            $"GET {target} HTTP/1.1\r\nHost: people.example\r\nAuthorization: Bearer {tokens[caller]}\r\nAccept-Encoding: identity\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), stop);
        _length = 0;
        var bodyAt = 0;
        var isWhole = false;
        try
        {
            while (!isWhole)
            {
                var read = await stream.ReadAsync(_buffer.AsMemory(_length), stop);
                if (read == 0)
                {
                    return false;
                }
                _length += read;
                isWhole = IsWhole(_buffer.AsSpan(0, _length), out bodyAt);
            }
            Interlocked.Increment(ref _answers);
            return true;
        }
        finally
        {
            // Also when the connection broke or the process was killed in the middle: what came, came.
            Note(caller, kind < 5, bodyAt);
        }
    }

    private void Note(int caller, bool isStream, int bodyAt)
    {
        if (bodyAt == 0 || bodyAt >= _length || !_buffer.AsSpan().StartsWith("HTTP/1.1 200"u8))
        {
            return;
        }
        if (isStream)
        {
            Streamed.Add(caller);
            return;
        }
        var body = _buffer.AsSpan(bodyAt, _length - bodyAt);
        var mark = "\"accountId\":\""u8;
        for (var at = body.IndexOf(mark); at >= 0; at = body.IndexOf(mark))
        {
            body = body[(at + mark.Length)..];
            var end = body.IndexOf((byte)'"');
            if (end > 0 && System.Buffers.Text.Utf8Parser.TryParse(body[..end], out int person, out _))
            {
                Received.Add((caller, person));
            }
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer, out int bodyAt)
    {
        bodyAt = answer.IndexOf("\r\n\r\n"u8) + 4;
        if (bodyAt < 4)
        {
            bodyAt = 0;
            return false;
        }
        var head = Encoding.ASCII.GetString(answer[..bodyAt]);
        const string Length = "\r\nContent-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        if (at >= 0)
        {
            var text = head[(at + Length.Length)..head.IndexOf("\r\n", at + 2, StringComparison.Ordinal)];
            return answer.Length - bodyAt >= int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        }
        return answer[bodyAt..].EndsWith("0\r\n\r\n"u8);
    }
}
