using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>The exchange of a request in flight, for whoever serves it. Valid until the middleware returns.</summary>
public interface IExchangeFeature
{
    Exchange Exchange { get; }

    /// <summary>
    /// Cancelled when the held answer is not complete in time and will not leave. Whoever takes it before the first wait stops by it; of whoever
    /// does not, nothing more is waited for once the time is over.
    /// </summary>
    CancellationToken Overdue { get; }

    /// <summary>Says that the answer was given up under way: what is held of it belongs to no answer and never leaves.</summary>
    void BreakOff();
}
