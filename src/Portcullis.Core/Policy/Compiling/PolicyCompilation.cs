using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>What compiling a policy gave.</summary>
/// <param name="Snapshot">What guards read; null when anything is wrong.</param>
/// <param name="Options">What was written; null when it could not be read at all.</param>
/// <param name="Errors">Everything that is wrong, in the order of the file.</param>
public sealed record PolicyCompilation(PolicySnapshot? Snapshot, GatewayOptions? Options, IReadOnlyList<PolicyError> Errors);
