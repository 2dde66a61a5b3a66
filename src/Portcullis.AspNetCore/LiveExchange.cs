using Microsoft.AspNetCore.Http;
using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>
/// An exchange with everything that belongs to it while it is live. Rented per request and returned once, after forwarding and the
/// client's write have both ended.
/// </summary>
internal sealed class LiveExchange : IExchangeFeature, IDisposable
{
    private CancellationTokenSource _overdue = new();

    public LiveExchange(HoldBudget budget)
    {
        RequestBytes = new HeldBytes(budget);
        Encoded = new HeldBytes(budget);
        Decoded = new HeldBytes(budget);
        Rewritten = new HeldBytes(budget);
        Body = new HeldBody(this);
        Exchange.RequestHeaders = RequestHeaders;
    }

    public Exchange Exchange { get; } = new();

    public HttpHeaderSource RequestHeaders { get; } = new();

    public HttpHeaderSource ResponseHeaders { get; } = new();

    /// <summary>The request body, when a guard wants it.</summary>
    public HeldBytes RequestBytes { get; }

    /// <summary>The answer as the upstream sent it.</summary>
    public HeldBytes Encoded { get; }

    /// <summary>The decoded copy of a compressed answer.</summary>
    public HeldBytes Decoded { get; }

    /// <summary>The answer as it leaves, when it leaves masked or clipped.</summary>
    public HeldBytes Rewritten { get; }

    public HeldBody Body { get; }

    /// <summary>The request body put back for whoever serves the request; null when it was not read.</summary>
    public ReplayedBody? Replayed { get; set; }

    public CancellationToken Overdue => _overdue.Token;

    /// <summary>True when the answer was given up under way.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>True while the application, not the gate, has the request.</summary>
    public bool IsServing { get; set; }

    public GateDriver Driver { get; set; } = null!;

    public HttpContext Context { get; set; } = null!;

    public void Dispose() => _overdue.Dispose();

    public void BreakOff() => IsBroken = true;

    /// <summary>Sets the time after which <see cref="Overdue"/> is cancelled, from now.</summary>
    public void Limit(TimeSpan time) => _overdue.CancelAfter(time);

    /// <summary>Lifts the limit: whatever takes its time from now on is no longer held.</summary>
    public void Unlimit() => _overdue.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>
    /// Gives everything back to be used again. Only when forwarding and the client's write have both ended: else <see cref="Drop"/>.
    /// </summary>
    public void Reset()
    {
        Exchange.Reset();
        Exchange.RequestHeaders = RequestHeaders;
        RequestHeaders.Headers = null;
        ResponseHeaders.Headers = null;
        RequestBytes.Clear();
        Encoded.Clear();
        Decoded.Clear();
        Rewritten.Clear();
        Replayed?.Detach();
        Replayed = null;
        Body.Reset();
        IsBroken = false;
        IsServing = false;
        if (!_overdue.TryReset())
        {
            _overdue.Dispose();
            _overdue = new CancellationTokenSource();
        }
        Driver = null!;
        Context = null!;
    }

    /// <summary>Leaves everything to the garbage collector: somebody may still hold a part of it, and must never meet another's bytes.</summary>
    public void Drop()
    {
        RequestBytes.Drop();
        Encoded.Drop();
        Decoded.Drop();
        Rewritten.Drop();
        Replayed?.Detach();
        Body.Drop();
    }
}
