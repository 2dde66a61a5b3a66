namespace Portcullis.Core.Expressions;

/// <summary>A set of callers that share budgets: anonymous, new identities, a role, a client application, a network.</summary>
/// <param name="Index">Bit in <see cref="Traffic.Exchange.Pools"/>, 0–63.</param>
/// <param name="Name">Unique in the policy.</param>
/// <param name="Members">Who belongs, over <c>token.*</c> and <c>caller.*</c>; null for the built-in pools.</param>
public sealed record Pool(int Index, string Name, Expression? Members)
{
    /// <summary>Every caller without a verified identity.</summary>
    public const int Anonymous = 0;

    /// <summary>Identities first seen less than <see cref="PolicySnapshot.NewIdentityAge"/> ago, and tokens that resolve to no account.</summary>
    public const int New = 1;

    /// <summary>Index of the first pool a policy declares.</summary>
    public const int FirstDeclared = 2;

    public ulong Mask => 1UL << Index;
}
