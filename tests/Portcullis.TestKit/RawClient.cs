using System.Net.Sockets;
using System.Text;

namespace Portcullis.TestKit;

/// <summary>Sends exact bytes and reads the answer to its end, so that nothing between test and gateway tidies the request up.</summary>
public static class RawClient
{
    /// <summary>Sends the text as Latin-1 and returns everything until the server closes.</summary>
    public static async Task<string> SendAsync(Uri address, string request, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, cancellation);
        }
        catch (IOException)
        {
            // A reset after the answer ends the read like a close does.
        }
        return Encoding.Latin1.GetString(received.ToArray());
    }

    /// <summary>As <see cref="SendAsync"/>, but stops reading as soon as the text comes: for servers that then wait for what nobody sends.</summary>
    public static async Task<string> SendUntilAsync(Uri address, string request, string text, CancellationToken cancellation)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellation);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancellation);
        var received = new StringBuilder();
        var buffer = new byte[4096];
        int read;
        while (
            !received.ToString().Contains(text, StringComparison.Ordinal)
            && (read = await stream.ReadAsync(buffer, cancellation)) > 0
        )
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        return received.ToString();
    }

    /// <summary>A GET of a raw target that asks the server to close afterwards.</summary>
    public static Task<string> GetAsync(Uri address, string target, CancellationToken cancellation, params string[] headers) =>
        SendAsync(
            address,
            $"GET {target} HTTP/1.1\r\nHost: {address.Host}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}Connection: close\r\n\r\n",
            cancellation
        );
}
