using System.Diagnostics.CodeAnalysis;
using Portcullis.Core.Policy.Options;

namespace Portcullis.Core.Policy.Compiling;

/// <summary>A policy as loaded: the snapshot or everything that is wrong, and the files a change of which calls for loading again.</summary>
/// <param name="Compilation">Snapshot, options and errors.</param>
/// <param name="Files">Full paths of the policy file, contracts, key files and certificates.</param>
public sealed record LoadedPolicy(PolicyCompilation Compilation, IReadOnlyList<string> Files)
{
    [MemberNotNullWhen(true, nameof(Snapshot), nameof(Options))]
    public bool IsSound => Compilation is { Snapshot: not null, Options: not null };

    public PolicySnapshot? Snapshot => Compilation.Snapshot;

    public GatewayOptions? Options => Compilation.Options;

    public IReadOnlyList<PolicyError> Errors => Compilation.Errors;

    public IReadOnlyList<PolicyError> Warnings => Compilation.Warnings;
}
