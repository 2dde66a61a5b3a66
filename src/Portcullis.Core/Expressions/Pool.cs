namespace Portcullis.Core.Expressions;

/// <summary>A set of callers that share budgets: anonymous, new identities, a role, a client application, a network.</summary>
/// <param name="Index">Bit in <see cref="Exchange.Pools"/>, 0–63.</param>
/// <param name="Name">Unique in the policy.</param>
/// <param name="Members">Who belongs, over <c>token.*</c> and <c>caller.*</c>; null for the built-in pools.</param>
public sealed record Pool(int Index, string Name, Expression? Members)
{
    public ulong Mask => 1UL << Index;

    /// <summary>The condition of <see cref="Members"/> as it was written.</summary>
    public string Condition { get; init; } = "";
}
