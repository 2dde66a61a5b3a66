using System.Text;
using Portcullis.Wire;

namespace Portcullis.Strangers;

/// <summary>Anonymous addresses that ask once each, every one of a network of its own and for another person's record.</summary>
internal sealed class Crowd(Uri gateway, int addresses, int connections)
{
    private int _sent;
    private int _refused;

    /// <summary>Lets all of them come, and says how many were refused.</summary>
    public async Task<int> ComeAsync(TextWriter output)
    {
        await Task.WhenAll(
            Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(Come, TaskCreationOptions.LongRunning))
        );
        output.WriteLine(_refused);
        return 0;
    }

    private void Come()
    {
        using var socket = new HttpSocket(gateway);
        for (var i = Interlocked.Increment(ref _sent); i <= addresses; i = Interlocked.Increment(ref _sent))
        {
            var head =
                $"GET /people/{100_000_000 + i} HTTP/1.1\r\nHost: people.example\r\nX-Forwarded-For: {1 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}.7\r\n\r\n";
            if (socket.Exchange(Encoding.ASCII.GetBytes(head), default).Status != 200)
            {
                Interlocked.Increment(ref _refused);
            }
        }
    }
}
