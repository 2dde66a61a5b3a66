using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>What compiling a policy gave.</summary>
/// <param name="Snapshot">What guards read; null when anything is wrong.</param>
/// <param name="Options">What was written; null when it could not be read at all.</param>
/// <param name="Errors">Everything that is wrong, in the order of the file.</param>
public sealed record PolicyCompilation(PolicySnapshot? Snapshot, GatewayOptions? Options, IReadOnlyList<PolicyError> Errors)
{
    /// <summary>What looks like an oversight and does not stand in the way.</summary>
    public IReadOnlyList<PolicyError> Warnings { get; init; } = [];

    /// <summary>Full paths of the files that contracts are made of.</summary>
    public IReadOnlyList<string> ContractFiles { get; init; } = [];
}
