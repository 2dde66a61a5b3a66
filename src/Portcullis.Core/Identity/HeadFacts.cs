using Portcullis.Core.Hashing;

namespace Portcullis.Core.Identity;

/// <summary>What can be read of a request head before its turn, because it depends on nothing but the head and the policy.</summary>
public readonly struct HeadFacts
{
    internal HeadFacts(IdentityPlan plan, Key128 network, BearerFact bearer)
    {
        Plan = plan;
        Network = network;
        Bearer = bearer;
    }

    /// <summary>The policy it was read under; under another one it says nothing.</summary>
    internal IdentityPlan? Plan { get; }

    internal Key128 Network { get; }

    internal BearerFact Bearer { get; }
}
