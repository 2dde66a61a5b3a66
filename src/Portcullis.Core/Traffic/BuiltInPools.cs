namespace Portcullis.Core.Traffic;

/// <summary>The pools that every policy has, by their bit in <see cref="Exchange.Pools"/>.</summary>
public static class BuiltInPools
{
    /// <summary>Every caller without a verified identity.</summary>
    public const int Anonymous = 0;

    /// <summary>Identities first seen less than <see cref="PolicySnapshot.NewIdentityAge"/> ago, and tokens that resolve to no account.</summary>
    public const int New = 1;

    /// <summary>Index of the first pool a policy declares.</summary>
    public const int FirstDeclared = 2;
}
