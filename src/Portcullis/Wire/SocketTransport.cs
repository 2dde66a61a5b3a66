using System.Text;
using System.Text.Json;
using Portcullis.Core.Decisions;
using Portcullis.Drills.Replay;
using Portcullis.Drills.Simulator;

namespace Portcullis.Wire;

/// <summary>
/// Sends simulated requests as a load balancer would: HTTP/1.1 over one kept connection, each client named in X-Forwarded-For. The answer
/// is what arrived at the socket; the verdict is read from it as a client can, and by comparison with what the API served.
/// </summary>
internal sealed class SocketTransport(Uri address, DrillServer server) : ITransport, IDisposable
{
    private const string Problem = "application/problem+json";

    private readonly HttpSocket _socket = new(address);
    private readonly StringBuilder _head = new(1024);

    public void Send(SimulatedRequest request, SimulatedAnswer answer)
    {
        answer.Clear();
        _ = server.TakeServed();
        var received = _socket.Exchange(HeadOf(request), request.Body);
        answer.Status = received.Status;
        answer.ContentType = received.ContentType;
        answer.Body = received.Body;
        var served = server.TakeServed();
        if (received.ContentType.StartsWith(Problem, StringComparison.OrdinalIgnoreCase))
        {
            answer.Verdict = VerdictKind.Refuse;
            answer.Rule = TitleOf(received.Body);
        }
        else if (served is null || !received.Body.Span.SequenceEqual(served))
        {
            answer.Verdict = VerdictKind.Mask;
            answer.Rule = "changed";
        }
    }

    public void Dispose() => _socket.Dispose();

    private byte[] HeadOf(SimulatedRequest request)
    {
        _head.Clear();
        _head.Append(request.Method).Append(' ').Append(request.Target).Append(" HTTP/1.1\r\n");
        Line("Host", request.Host);
        Line("X-Forwarded-For", request.Address.ToString());
        foreach (var (name, value) in request.Headers.Lines)
        {
            Line(name, value);
        }
        if (request.Body.Length > 0)
        {
            Line("Content-Length", request.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        return Encoding.ASCII.GetBytes(_head.Append("\r\n").ToString());
    }

    private void Line(string name, string value) => _head.Append(name).Append(": ").Append(value).Append("\r\n");

    private static string TitleOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return problem.RootElement.GetProperty("title").GetString() ?? "refused";
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return "refused";
        }
    }
}
