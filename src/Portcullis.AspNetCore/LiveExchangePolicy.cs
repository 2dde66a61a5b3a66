using Microsoft.Extensions.ObjectPool;

namespace Portcullis.AspNetCore;

/// <summary>Makes pooled live exchanges.</summary>
internal sealed class LiveExchangePolicy(HoldBudget budget) : PooledObjectPolicy<LiveExchange>
{
    public override LiveExchange Create() => new(budget);

    public override bool Return(LiveExchange obj) => true;
}
