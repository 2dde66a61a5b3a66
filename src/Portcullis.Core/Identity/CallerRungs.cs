using Portcullis.Core.Hashing;
using Portcullis.Core.Traffic;

namespace Portcullis.Core.Identity;

/// <summary>Puts verified rungs on an exchange and tells new identities from established ones.</summary>
internal static class CallerRungs
{
    public static CallerState Add(GateState state, Exchange exchange, Key128 key, Rung rung)
    {
        foreach (var known in exchange.Rungs)
        {
            if (known!.Key == key)
            {
                return known;
            }
        }
        var row = state.Callers.GetOrAdd(key, rung, exchange.StartedAt);
        exchange.AddRung(row);
        if (exchange.Caller is null || rung > exchange.Caller.Rung)
        {
            exchange.Caller = row;
        }
        return row;
    }

    /// <summary>Adds the pools of the policy that the caller is shown to belong to.</summary>
    public static void AddDeclaredPools(Exchange exchange)
    {
        var pools = exchange.Policy.Pools;
        for (var i = BuiltInPools.FirstDeclared; i < pools.Length; i++)
        {
            // Unknown is no: a stranger must not fill a pool that he was never shown to belong to.
            if (pools[i].Members?.Evaluate(exchange, -1) == true)
            {
                exchange.Pools |= pools[i].Mask;
            }
        }
    }

    /// <summary>
    /// True for an identity that strangers could have made just now. Its age counts from the account's creation where the provider tells it,
    /// else from the first exchange seen here. Keys of the own store are the operator's, so they are never new; tokens and sessions that
    /// resolve to no account always are.
    /// </summary>
    public static bool IsNew(Exchange exchange, long foundedAt)
    {
        if (exchange.Identity is not { } identity || exchange.Caller is not { } caller || caller.Rung == Rung.ApiKey)
        {
            return false;
        }
        if (caller.Rung == Rung.Session)
        {
            return true;
        }
        var born = caller.FirstSeen;
        if (identity.Key == caller.Key && identity.CreatedAt != long.MaxValue)
        {
            born = Math.Min(born, identity.CreatedAt);
        }
        else if (caller.FirstSeen - foundedAt < (long)exchange.Policy.Identity.FoundingPeriod.TotalMilliseconds)
        {
            return false;
        }
        return exchange.StartedAt - born < (long)exchange.Policy.NewIdentityAge.TotalMilliseconds;
    }
}
