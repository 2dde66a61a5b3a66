using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Portcullis.TestKit;

/// <summary>Writes HTTP/2 frames (RFC 9113) byte by byte over TLS, so that tests can break every rule of it.</summary>
public sealed class RawHttp2 : IAsyncDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Reset = 3;
    public const byte Settings = 4;
    public const byte GoAway = 7;
    public const byte Continuation = 9;

    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    private readonly TcpClient _client;
    private readonly SslStream _stream;

    private RawHttp2(TcpClient client, SslStream stream)
    {
        _client = client;
        _stream = stream;
    }

    /// <summary>Connects, whatever the certificate, and sends preface and settings.</summary>
    public static async Task<RawHttp2> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation);
        var stream = new SslStream(client.GetStream(), false, (_, shown, _, _) => shown is not null);
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
            },
            cancellation
        );
        await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8.ToArray(), cancellation);
        var connection = new RawHttp2(client, stream);
        await connection.SendAsync(Settings, 0, 0, [], cancellation);
        return connection;
    }

    /// <summary>A header block of literal fields that nothing indexes (RFC 7541, section 6.2.2).</summary>
    public static byte[] Block(params (string Name, string Value)[] fields)
    {
        var block = new List<byte>();
        foreach (var (name, value) in fields)
        {
            block.Add(0);
            Add(block, name);
            Add(block, value);
        }
        return [.. block];
    }

    /// <summary>The pseudo-headers of a GET.</summary>
    public static (string, string)[] Get(string path, string authority = "x") =>
        [(":method", "GET"), (":scheme", "https"), (":path", path), (":authority", authority)];

    public async Task SendAsync(byte type, byte flags, int stream, byte[] payload, CancellationToken cancellation)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8 | type);
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        await _stream.WriteAsync(frame, cancellation);
    }

    /// <summary>The next frame; null when the server has closed.</summary>
    public async Task<(byte Type, byte Flags, int Stream, byte[] Payload)?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            var head = new byte[9];
            await _stream.ReadExactlyAsync(head, cancellation);
            var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >>> 8];
            await _stream.ReadExactlyAsync(payload, cancellation);
            return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads until the stream ends: its data as Latin-1, or null when the server reset it or gave the connection up.
    /// </summary>
    public async Task<string?> AnswerAsync(int stream, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        while (await ReadAsync(cancellation) is { } frame)
        {
            if (frame.Type == GoAway || (frame.Type == Reset && frame.Stream == stream))
            {
                return null;
            }
            if (frame.Stream != stream || frame.Type is not (Data or Headers))
            {
                continue;
            }
            text.Append(frame.Type == Data ? Encoding.Latin1.GetString(frame.Payload) : "");
            if ((frame.Flags & EndStream) != 0)
            {
                return text.ToString();
            }
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private static void Add(List<byte> block, string text)
    {
        var length = text.Length;
        if (length < 127)
        {
            block.Add((byte)length);
        }
        else
        {
            block.Add(127);
            for (length -= 127; length >= 128; length >>= 7)
            {
                block.Add((byte)(length & 127 | 128));
            }
            block.Add((byte)length);
        }
        block.AddRange(Encoding.Latin1.GetBytes(text));
    }
}
