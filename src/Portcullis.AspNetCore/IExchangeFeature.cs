using Portcullis.Core.Traffic;

namespace Portcullis.AspNetCore;

/// <summary>The exchange of a request in flight, for whoever serves it. Valid until the middleware returns.</summary>
public interface IExchangeFeature
{
    Exchange Exchange { get; }
}
