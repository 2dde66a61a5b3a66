using System.Buffers;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Portcullis.Wire;

/// <summary>
/// One kept HTTP/1.1 connection (RFC 9112) that sends exactly the bytes it is given and hands back exactly those that arrive: no redirects, no decoding, no
/// retry once an answer has begun.
/// </summary>
internal sealed class HttpSocket(Uri address) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ArrayBufferWriter<byte> _body = new(4096);
    private readonly byte[] _buffer = new byte[64 * 1024];
    private Socket? _socket;
    private int _from;
    private int _to;

    /// <summary>Sends one request and reads its answer; the body is valid until the next call.</summary>
    /// <exception cref="IOException">The connection broke off, or what arrived is not HTTP.</exception>
    public ReceivedAnswer Exchange(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        _body.ResetWrittenCount();
        var socket = Begin(head, body);
        var status = ReadStatus(ReadLine(socket));
        var contentType = "";
        var length = 0L;
        var isChunked = false;
        var closes = false;
        for (var line = ReadLine(socket); line.Length > 0; line = ReadLine(socket))
        {
            var colon = line.IndexOf(':');
            var (name, value) = colon > 0 ? (line[..colon], line[(colon + 1)..].Trim()) : throw NotHttp(line);
            switch (name.ToLowerInvariant())
            {
                case "content-type":
                    contentType = value;
                    break;
                case "content-length":
                    length = long.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "transfer-encoding":
                    isChunked = value.Contains("chunked", StringComparison.OrdinalIgnoreCase);
                    break;
                case "connection":
                    closes = value.Contains("close", StringComparison.OrdinalIgnoreCase);
                    break;
            }
        }
        if (isChunked)
        {
            ReadChunks(socket);
        }
        else
        {
            ReadBody(socket, length);
        }
        if (closes)
        {
            Close();
        }
        return new ReceivedAnswer(status, contentType, _body.WrittenMemory);
    }

    public void Dispose() => Close();

    // A server may close a kept connection between two requests: then, and only before an answer begins, a new one is opened.
    private Socket Begin(ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        var isKept = _socket is not null;
        try
        {
            var socket = _socket ??= Connect();
            socket.Send(head);
            if (body.Length > 0)
            {
                socket.Send(body);
            }
            Fill(socket);
            return socket;
        }
        catch (Exception fault) when (isKept && fault is IOException or SocketException)
        {
            Close();
            return Begin(head, body);
        }
    }

    private Socket Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            socket.Connect(address.Host, address.Port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _socket?.Dispose();
        _socket = null;
        _from = _to = 0;
    }

    private void Fill(Socket socket)
    {
        if (_from < _to)
        {
            return;
        }
        _from = 0;
        _to = socket.Receive(_buffer);
        if (_to == 0)
        {
            throw new IOException("The server closed the connection in the middle of an exchange.");
        }
    }

    private string ReadLine(Socket socket)
    {
        var line = new StringBuilder(64);
        while (true)
        {
            Fill(socket);
            var rest = _buffer.AsSpan(_from, _to - _from);
            var end = rest.IndexOf((byte)'\n');
            line.Append(Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]));
            _from += end < 0 ? rest.Length : end + 1;
            if (end >= 0)
            {
                return line.ToString().TrimEnd('\r');
            }
        }
    }

    private void ReadBody(Socket socket, long length)
    {
        while (length > 0)
        {
            Fill(socket);
            var take = (int)Math.Min(length, _to - _from);
            _body.Write(_buffer.AsSpan(_from, take));
            _from += take;
            length -= take;
        }
    }

    private void ReadChunks(Socket socket)
    {
        while (true)
        {
            var size = long.Parse(ReadLine(socket).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            ReadBody(socket, size);
            if (size == 0)
            {
                // Trailers end with an empty line.
                while (ReadLine(socket).Length > 0) { }
                return;
            }
            _ = ReadLine(socket);
        }
    }

    private static int ReadStatus(string line) =>
        line.StartsWith("HTTP/1.", StringComparison.Ordinal)
        && line.Length >= 12
        && int.TryParse(line.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : throw NotHttp(line);

    private static IOException NotHttp(string line) => new($"'{line}' is not HTTP/1.1.");
}
