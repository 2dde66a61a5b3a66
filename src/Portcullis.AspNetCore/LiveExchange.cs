using Microsoft.AspNetCore.Http;
using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>
/// An exchange with everything that belongs to it while it is live. Rented per request and returned once, after forwarding and the
/// client's write have both ended.
/// </summary>
internal sealed class LiveExchange : IExchangeFeature
{
    public LiveExchange(HoldBudget budget)
    {
        RequestBytes = new HeldBytes(budget);
        Encoded = new HeldBytes(budget);
        Decoded = new HeldBytes(budget);
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

    public HeldBody Body { get; }

    public GateDriver Driver { get; set; } = null!;

    public HttpContext Context { get; set; } = null!;

    public void Reset()
    {
        Exchange.Reset();
        Exchange.RequestHeaders = RequestHeaders;
        RequestHeaders.Headers = null;
        ResponseHeaders.Headers = null;
        RequestBytes.Clear();
        Encoded.Clear();
        Decoded.Clear();
        Body.Reset();
        Driver = null!;
        Context = null!;
    }
}
