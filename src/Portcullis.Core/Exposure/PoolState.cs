namespace Portcullis.Core.Exposure;

/// <summary>What all members of one pool received together. Touched only under the commit lock.</summary>
/// <param name="name">The pool's name in the policy; state outlives reloads under it.</param>
public sealed class PoolState(string name)
{
    public string Name { get; } = name;

    public ExposureState Exposure { get; } = new();

    /// <summary>Members that received anything lately, by their keyed hash: those who share a reserve.</summary>
    public SubjectSet Members { get; } = new(1 << 16);
}
