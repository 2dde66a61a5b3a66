using Microsoft.AspNetCore.Http;
using Portcullis.Core;
using Portcullis.Core.Decisions;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>Holds a request body whole when a guard wants to read it, and puts it back for whoever serves the request.</summary>
internal static class RequestBodyHold
{
    private const int Step = 16 * 1024;

    /// <summary>True when some guard reads this operation's request body; forms are read for every one.</summary>
    public static bool IsWanted(Exchange exchange, HttpRequest request) =>
        exchange.Method is not ("GET" or "HEAD" or "OPTIONS" or "TRACE")
        && (request.ContentLength ?? 1) > 0
        && (ReadsBody(exchange) || RequestForm.IsForm(exchange.RequestHeaders));

    /// <summary>
    /// Reads the body. Too long, too slow or too much in all is refused where verdicts are carried out; in monitor mode the bytes read so
    /// far are put back in front of the rest and the body goes unread.
    /// </summary>
    /// <returns>True when the body is held whole, so that guards can judge it.</returns>
    public static async ValueTask<bool> ReadAsync(LiveExchange live, CancellationToken cancellation)
    {
        var exchange = live.Exchange;
        var request = live.Context.Request;
        var hold = exchange.Policy.Hold;
        var held = live.RequestBytes;
        if (request.ContentLength > hold.PerBody)
        {
            // Known before the first byte is read: whoever waits for "100 Continue" need not send one.
            exchange.Object(Judgement.Refuse(GateReasons.BodyTooLarge));
            return false;
        }
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(hold.Timeout);
        var cause = GateReasons.RequestTimeout;
        try
        {
            while (true)
            {
                var room = held.Room(Step, hold.PerBody + Step, hold.Total);
                if (room.IsEmpty || held.Length > hold.PerBody)
                {
                    cause = held.Length > hold.PerBody ? GateReasons.BodyTooLarge : GateReasons.Overload;
                    break;
                }
                var read = await request.Body.ReadAsync(room, timeout.Token);
                if (read == 0)
                {
                    exchange.RequestBody = held.Memory;
                    request.Body = live.Replayed = new ReplayedBody(held.Memory, rest: null);
                    return true;
                }
                held.Advance(read);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested) { }
        catch (BadHttpRequestException)
        {
            cause = GateReasons.MalformedBody;
        }
        if (cause == GateReasons.RequestTimeout || cause == GateReasons.Overload)
        {
            live.Driver.Gate.Fail(exchange, cause, cause == GateReasons.Overload ? GateDriver.RetrySeconds : 0);
        }
        else
        {
            exchange.Object(Judgement.Refuse(cause));
        }
        request.Body = live.Replayed = new ReplayedBody(held.Memory, request.Body);
        return false;
    }

    private static bool ReadsBody(Exchange exchange) => exchange.Plan?.ReadsRequestBody ?? false;
}
