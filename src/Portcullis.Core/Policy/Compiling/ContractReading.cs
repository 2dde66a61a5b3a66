namespace Portcullis.Core.Policy.Compiling;

/// <summary>A contract as the policy needs it.</summary>
/// <param name="Operations">In the order written.</param>
/// <param name="Errors">Everything that makes it unusable.</param>
public sealed record ContractReading(IReadOnlyList<ContractOperation> Operations, IReadOnlyList<PolicyError> Errors);
