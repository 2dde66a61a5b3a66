namespace Portcullis.Core.Identity.Keys;

/// <summary>One text of an API key as the gate reads it: its hash, what it proves and until when.</summary>
internal sealed class ApiKey
{
    private Membership? _membership;

    public required byte[] Hash { get; init; }

    public required string Id { get; init; }

    public required KeySharing Sharing { get; init; }

    public required string[] PoolNames { get; init; }

    public required string? EndUserHeader { get; init; }

    /// <summary>Name space of the end users it names.</summary>
    public required string Realm { get; init; }

    /// <summary>What it proves; its end is the key's.</summary>
    public required VerifiedIdentity Identity { get; init; }

    /// <summary>The owner's account, or the key itself when it has none.</summary>
    public required Hashing.Key128 KeyRung { get; init; }

    /// <summary>Pool bits under a policy; worked out once per policy.</summary>
    public ulong PoolsUnder(PolicySnapshot policy)
    {
        var known = Volatile.Read(ref _membership);
        if (known is null || !ReferenceEquals(known.Policy, policy))
        {
            var mask = 0UL;
            foreach (var pool in policy.Pools)
            {
                mask |= Array.IndexOf(PoolNames, pool.Name) >= 0 ? pool.Mask : 0;
            }
            known = new Membership(policy, mask);
            Volatile.Write(ref _membership, known);
        }
        return known.Pools;
    }

    private sealed record Membership(PolicySnapshot Policy, ulong Pools);
}
