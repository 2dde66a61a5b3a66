using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>The exchange of a request in flight, for whoever serves it. Valid until the middleware returns.</summary>
public interface IExchangeFeature
{
    Exchange Exchange { get; }

    /// <summary>Cancelled when the held answer is not complete in time and will not leave: whoever still fetches it may stop.</summary>
    CancellationToken Overdue { get; }

    /// <summary>Says that the answer was given up under way: what is held of it belongs to no answer and never leaves.</summary>
    void BreakOff();
}
