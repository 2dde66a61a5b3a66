namespace Portcullis.Core.Policy.Compiling;

/// <summary>A contract as the policy needs it.</summary>
/// <param name="Operations">In the order written.</param>
/// <param name="Errors">Everything that makes it unusable.</param>
public sealed record ContractReading(IReadOnlyList<ContractOperation> Operations, IReadOnlyList<PolicyError> Errors)
{
    /// <summary>What is not held, or looks like an oversight, and does not stand in the way.</summary>
    public IReadOnlyList<PolicyError> Warnings { get; init; } = [];

    /// <summary>Full paths of all files it is made of.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}
